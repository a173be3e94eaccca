"""The hook for Keras on a stand-in, beside the hook for PyTorch on the same networks. Argument: a folder with both hooks."""
import sys
import torch

folder = sys.argv[1]
sys.path.insert(0, folder)
import keras_hook, tensorflow as tf, unvanish_hook

torch.set_num_threads(1)
draw = torch.Generator().manual_seed(5)
normal = lambda *shape: torch.randn(*shape, generator=draw)
x = normal(64, 6)
y = (x[:, 0] > 0).long() + (x[:, 1] > 0).long()


def twins(function, module, width, large, *between):
    """The same layers in both frameworks."""
    ours, theirs, inputs = [], [], 6
    for outputs in (width, width, width, 3):
        weights, bias = large * normal(inputs, outputs) / inputs ** 0.5, 0.1 * normal(outputs)
        last = outputs == 3
        ours.append(tf.Dense(weights.clone(), bias.clone(), "linear" if last else function))
        linear = torch.nn.Linear(inputs, outputs)
        linear.weight.data, linear.bias.data = weights.t().clone(), bias.clone()
        theirs += [linear] if last else [linear, module()]
        inputs = outputs
    return tf.Sequential(tf.Sequential(*ours[:2]), *ours[2:]), torch.nn.Sequential(*theirs)


for name, (model, twin) in {
        "sigmoid": twins("sigmoid", torch.nn.Sigmoid, 8, 1), "tanh": twins("tanh", torch.nn.Tanh, 8, 4),
        "relu": twins("relu", torch.nn.ReLU, 8, 1), "tiny": twins("tanh", torch.nn.Tanh, 8, 1e-20)}.items():
    recorder = keras_hook.Recorder(f"{folder}/keras-{name}.jsonl", x.numpy(), y.numpy(), batch_size=32, batches=2)
    recorder.set_model(model)
    recorder.on_train_batch_begin(0)
    recorder = unvanish_hook.Recorder(twin, f"{folder}/torch-{name}.jsonl", every=1, batches=2)
    for cut in (slice(0, 32), slice(32, 64)):
        loss = torch.nn.functional.cross_entropy(twin(x[cut]), y[cut])
        loss.backward()
        recorder.step(loss, y[cut])


# Normalization, dropout, a recurrent layer, softmax outputs: the same losses and states with the hook and without.
def whole():
    torch.manual_seed(2)
    return tf.Sequential(tf.LSTM(3, 8), tf.BatchNormalization(8), tf.Activation("tanh"), tf.Dropout(0.3),
                         tf.Dense(torch.randn(8, 3), torch.zeros(3), "softmax"))


def train(recorded):
    model, inputs = whole(), x.reshape(64, 2, 3).numpy()
    recorder = keras_hook.Recorder(f"{folder}/keras-whole.jsonl", inputs, y.numpy(), every=3, batches=2)
    losses = model.fit(inputs, y.numpy(), 16, 2, [recorder] * recorded)
    assert all(layer.call.__func__ is type(layer).call for layer in model.layers), "a layer is still watched"
    assert all(layer.activation.__name__ != "activated" for layer in model.layers if hasattr(layer, "activation"))
    return losses, [v.numpy().tolist() for v in model.trainable_variables + model.non_trainable_variables]


assert train(True) == train(False)
