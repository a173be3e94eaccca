package org.unvanish.model.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.graph.MatrixProduct.Matrix;

/** Gemm and MatMul. */
final class MatrixOperators {
  private MatrixOperators() {}

  static void addTo(Map<String, Operators.Entry> table) {
    table.put("Gemm", new Operators.Entry(new Gemm(), 2, 3, 1, 2));
    table.put("MatMul", new Operators.Entry(new MatMul(), 2, 2, 0, 1));
  }

  /** y = α·A·B + β·C, with A and B transposed where the node says so. */
  private static final class Gemm implements Operator {
    /** What a node multiplies. */
    private record Product(int m, int n, int k, Matrix a, Matrix b, double alpha, double beta) {
      static Product of(Call call) {
        Tensor a = call.input(0);
        Tensor b = call.input(1);
        if (a.rank() != 2 || b.rank() != 2) {
          throw call.refused("its inputs are no matrices");
        }
        boolean transA = call.attributes().flag("transA", false);
        boolean transB = call.attributes().flag("transB", false);
        int k = a.extent(transA ? 0 : 1);
        if (b.extent(transB ? 1 : 0) != k) {
          throw call.refused("the shapes of its matrices do not match");
        }
        return new Product(
            a.extent(transA ? 1 : 0),
            b.extent(transB ? 0 : 1),
            k,
            oriented(a, transA),
            oriented(b, transB),
            call.attributes().number("alpha", 1),
            call.attributes().number("beta", 1));
      }

      private static Matrix oriented(Tensor tensor, boolean transposed) {
        Matrix matrix = Matrix.of(tensor.values(), 0, tensor.extent(1));
        return transposed ? matrix.transposed() : matrix;
      }
    }

    @Override
    public List<Tensor> forward(Call call) {
      Product product = Product.of(call);
      Tensor result = call.zeros(product.m(), product.n());
      double[] y = result.values();
      MatrixProduct.add(product.m(), product.n(), product.k(), product.a(), product.b(), y, 0);
      scale(y, product.alpha());
      Tensor c = call.optional(2);
      if (c != null) {
        new Rows(result.shape(), c.shape(), c.shape())
            .visit(
                (at, length, from, step, same, sameStep) -> {
                  for (int i = 0; i < length; i++) {
                    y[at + i] += product.beta() * c.value(from + i * step);
                  }
                });
      }
      return List.of(result);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Product product = Product.of(call);
      int m = product.m();
      int n = product.n();
      int k = product.k();
      Tensor gradient = gradients.get(0);
      Matrix dy = Matrix.of(gradient.values(), 0, n);
      Tensor da = call.zeros(call.input(0).shape());
      if (call.attributes().flag("transA", false)) {
        MatrixProduct.add(k, m, n, product.b(), dy.transposed(), da.values(), 0);
      } else {
        MatrixProduct.add(m, k, n, dy, product.b().transposed(), da.values(), 0);
      }
      scale(da.values(), product.alpha());
      Tensor db = call.zeros(call.input(1).shape());
      if (call.attributes().flag("transB", false)) {
        MatrixProduct.add(n, k, m, dy.transposed(), product.a(), db.values(), 0);
      } else {
        MatrixProduct.add(k, n, m, product.a().transposed(), dy, db.values(), 0);
      }
      scale(db.values(), product.alpha());
      Tensor c = call.optional(2);
      if (call.inputs() < 3) {
        return Arrays.asList(da, db);
      }
      return Arrays.asList(da, db, c == null ? null : bias(call, c, gradient, product.beta()));
    }

    private static Tensor bias(Call call, Tensor c, Tensor gradient, double beta) {
      Tensor result = call.zeros(c.shape());
      new Rows(gradient.shape(), c.shape(), c.shape())
          .visit(
              (at, length, to, step, same, sameStep) -> {
                for (int i = 0; i < length; i++) {
                  result.values()[to + i * step] += beta * gradient.value(at + i);
                }
              });
      return result;
    }

    private static void scale(double[] values, double factor) {
      if (factor != 1) {
        for (int i = 0; i < values.length; i++) {
          values[i] *= factor;
        }
      }
    }
  }

  /** Products of the last two axes, as NumPy's; the axes before them spread over each other. */
  private static final class MatMul implements Operator {
    /**
     * Products of matrices of one size.
     *
     * @param left where each one's first matrix begins
     */
    private record Products(int m, int n, int k, int[] left, int[] right, int[] shape) {
      static Products of(Call call) {
        Tensor a = call.input(0);
        Tensor b = call.input(1);
        if (a.rank() == 0 || b.rank() == 0) {
          throw call.refused("a scalar is no matrix");
        }
        int[] leftShape = a.rank() == 1 ? new int[] {1, a.size()} : a.shape();
        int[] rightShape = b.rank() == 1 ? new int[] {b.size(), 1} : b.shape();
        int leftRank = leftShape.length;
        int rightRank = rightShape.length;
        int m = leftShape[leftRank - 2];
        int k = leftShape[leftRank - 1];
        int n = rightShape[rightRank - 1];
        if (rightShape[rightRank - 2] != k) {
          throw call.refused("the shapes of its matrices do not match");
        }
        int[] leftBatch = Arrays.copyOf(leftShape, leftRank - 2);
        int[] rightBatch = Arrays.copyOf(rightShape, rightRank - 2);
        int[] batch = Shapes.broadcast(leftBatch, rightBatch);
        int[] shape = shape(batch, a.rank() == 1 ? -1 : m, b.rank() == 1 ? -1 : n);
        if (rightRank == 2) {
          // One right matrix for all: a single, taller product.
          int rows = Shapes.size(leftShape, 0, leftRank - 1);
          return new Products(rows, n, k, new int[1], new int[1], shape);
        }
        int[] left = starts(leftBatch, batch, m * k);
        return new Products(m, n, k, left, starts(rightBatch, batch, k * n), shape);
      }

      private static int[] shape(int[] batch, int m, int n) {
        return Shapes.checked(
            IntStream.concat(Arrays.stream(batch), IntStream.of(m, n).filter(extent -> extent >= 0))
                .asLongStream()
                .toArray());
      }

      private static int[] starts(int[] shape, int[] batch, int size) {
        int[] places = Shapes.places(batch, 0, Shapes.broadcastStrides(shape, batch));
        for (int i = 0; i < places.length; i++) {
          places[i] *= size;
        }
        return places;
      }

      Matrix a(Tensor a, int product) {
        return Matrix.of(a.values(), left[product], k);
      }

      Matrix b(Tensor b, int product) {
        return Matrix.of(b.values(), right[product], n);
      }
    }

    @Override
    public List<Tensor> forward(Call call) {
      Products products = Products.of(call);
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor y = call.zeros(products.shape());
      int m = products.m();
      int n = products.n();
      for (int i = 0; i < products.left().length; i++) {
        MatrixProduct.add(
            m, n, products.k(), products.a(a, i), products.b(b, i), y.values(), i * m * n);
      }
      return List.of(y);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Products products = Products.of(call);
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      Tensor da = call.zeros(a.shape());
      Tensor db = call.zeros(b.shape());
      int m = products.m();
      int n = products.n();
      int k = products.k();
      for (int i = 0; i < products.left().length; i++) {
        Matrix dy = Matrix.of(gradients.get(0).values(), i * m * n, n);
        MatrixProduct.add(
            m, k, n, dy, products.b(b, i).transposed(), da.values(), products.left()[i]);
        MatrixProduct.add(
            k, n, m, products.a(a, i).transposed(), dy, db.values(), products.right()[i]);
      }
      return Arrays.asList(da, db);
    }
  }
}
