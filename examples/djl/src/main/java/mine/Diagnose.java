package mine;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.dataset.ArrayDataset;
import org.unvanish.djl.DjlDiagnosis;

/** Why does this model not learn? */
public final class Diagnose {

  private Diagnose() {}

  public static void main(String[] arguments) throws Exception {
    SequentialBlock block = new SequentialBlock();
    for (int i = 0; i < 8; i++) {
      block.add(Linear.builder().setUnits(16).build()).add(Activation.sigmoidBlock());
    }
    block.add(Linear.builder().setUnits(2).build());
    try (Model model = Model.newInstance("deep")) {
      NDManager manager = model.getNDManager();
      manager.getEngine().setRandomSeed(1);
      block.initialize(manager, DataType.FLOAT32, new Shape(32, 2));
      model.setBlock(block);
      System.out.println(DjlDiagnosis.explain(model, circles(manager).getData(manager)));
    }
  }

  /** Points on two circles, and on which of them each lies. */
  private static ArrayDataset circles(NDManager manager) {
    float[][] points = new float[512][2];
    float[] labels = new float[points.length];
    for (int i = 0; i < points.length; i++) {
      labels[i] = i % 2;
      double angle = 2 * Math.PI * i / points.length;
      points[i][0] = (float) (Math.cos(angle) / (1 + labels[i]));
      points[i][1] = (float) (Math.sin(angle) / (1 + labels[i]));
    }
    return new ArrayDataset.Builder()
        .setData(manager.create(points))
        .optLabels(manager.create(labels))
        .setSampling(32, true)
        .build();
  }
}
