"""Records what becomes of the gradient in a Keras model (3 on TensorFlow, or TensorFlow's 2) while it is trained.

    recorder = unvanish_hook.Recorder("trace.jsonl", inputs, targets)     # some mini-batches to measure with
    model.fit(inputs, targets, batch_size=32, callbacks=[recorder])
Then `unvanish diagnose trace.jsonl`, also while the training goes on. Every `every` steps it sends `batches` mini-batches
of these samples through the model, forward and back with a GradientTape, and appends a line to the file. Each takes
a few times as long as a step. No step is changed: moving averages and random seeds are put back. Trained variables
are copied once to the CPU. Not seen: what no layer computes, and steps of a recurrent layer. For Keras on PyTorch take the
hook for PyTorch."""
import json, math
import numpy as np
import tensorflow as tf
INF = math.inf
# Function: its name in Unvanish, and from where on |f'| is below a tenth of its most (below 0, above 0).
FUNCTIONS = {
    "tanh": ("tanh", 1.818446, 1.818446), "sigmoid": ("logistic", 3.636893, 3.636893),
    "softsign": ("softsign", 2.162278, 2.162278), "log_sigmoid": ("log-sigmoid", INF, 2.197225),
    "hard_tanh": ("hard-tanh", 1.0, 1.0), "relu": ("relu", INF, INF), "elu": ("elu", 2.302585, INF),
    "selu": ("selu", 2.302585, INF), "gelu": ("gelu", 1.728192, INF), "silu": ("silu", 0.882469, INF),
    "swish": ("silu", 0.882469, INF), "softplus": ("softplus", 2.197225, INF)}

def rms(values):
    values = np.asarray(values)
    return float(np.sqrt(np.mean(np.square(values.astype(np.float64))))) if values.dtype.kind == "f" else None
def log10(x, shift=0):  # null is the logarithm of zero, or of no number
    return round(math.log10(x) - shift * math.log10(2), 6) if 0 < x < INF else None
def first(value):
    return next((v for v in tf.nest.flatten(value) if tf.is_tensor(v)), None)

class Recorder(tf.keras.callbacks.Callback):
    """samples: so many of a mini-batch are kept apart. The loss is the compiled one, a mean over samples."""

    def __init__(self, path, inputs, targets, batch_size=32, every=100, batches=4, samples=32):
        super().__init__()
        self.path, self.every, self.samples, self.steps, self.header = path, every, samples, 0, None
        cuts = [slice(i * batch_size, (i + 1) * batch_size) for i in range(batches) if i * batch_size < len(inputs)]
        self.data, self.initial = [(inputs[cut], targets[cut]) for cut in cuts], None

    def on_train_batch_begin(self, batch, logs=None):
        if self.steps % self.every == 0:
            states = [(v, v.numpy()) for v in self.model.non_trainable_variables]
            self.window = [self.measured(tf.convert_to_tensor(x), np.asarray(y)) for x, y in self.data]
            [variable.assign(value) for variable, value in states]
            self.write()
        self.steps += 1

    def layers(self, layer):
        inner = getattr(layer, "layers", None)
        return [deep for child in inner for deep in self.layers(child)] if inner else [layer]

    def watch(self, layer):
        """Lets a layer tell what it reads and puts out, its activation function apart. Returns how to undo that."""
        call, function = layer.call, getattr(layer, "activation", None)
        def watched(*inputs, **options):
            record = {"name": layer.name, "kind": type(layer).__name__, "function": None, "x": first(inputs),
                      "variables": list(layer.trainable_variables)}
            self.calls.append(record)
            output = call(*inputs, **options)
            record.setdefault("y", first(output))
            return output
        def activated(z):
            a, name = function(z), getattr(function, "__name__", "")
            self.calls[-1]["y"], known = z, FUNCTIONS.get(name, (None,))
            self.calls = [c for c in self.calls if c["kind"] != "Activation" or c["function"] or "points" in c]
            self.calls.append({"name": layer.name + "/" + name, "kind": "Softmax" if name == "softmax" else "Activation",
                               "function": known[0], "points": known, "x": z, "y": a, "variables": []})
            return a
        own = callable(function) and getattr(function, "__name__", "") != "linear" and not hasattr(layer, "cell")
        layer.call = watched
        if own:
            layer.activation = activated
        return lambda: (setattr(layer, "call", call), setattr(layer, "activation", function) if own else None)

    def energies(self, g, shift):
        """Logarithms of g/2^shift: the root mean square over all, and the root of each sample's sum of squares."""
        n, squares = self.n, np.square(g.astype(np.float64))
        each = squares.reshape(n, -1).sum(1) if len(g) % n == 0 else np.full(n, squares.sum() / n)
        return [log10(e, shift) for e in [math.sqrt(each.sum() / g.size)] + np.sqrt(each[:self.samples]).tolist()]

    def measured(self, x, y):
        self.n, self.calls, undo = len(x), [], [self.watch(layer) for layer in self.layers(self.model)]
        try:
            with tf.GradientTape(persistent=True) as tape:
                output = first(self.model(x, training=True))
                loss = tf.reduce_mean(self.model.compute_loss(x=x, y=tf.convert_to_tensor(y), y_pred=output))
        finally:
            [back() for back in undo]
        self.calls = [c for c in self.calls if c.get("y") is not None and c["y"].dtype.is_floating]
        arriving = tape.gradient(loss, [c["y"] for c in self.calls] + [output])
        carried, layers, random = {}, [], np.random.default_rng(1)
        for c, g in reversed(list(zip(self.calls, arriving))):
            g, shift, test = np.zeros(c["y"].shape, np.float32) if g is None else tf.convert_to_tensor(g).numpy(), 0, False
            if not 1e-30 < rms(g) < INF:  # out of single precision's range: go on with what the next layer has passed on
                g, shift, test = carried.get(id(c["y"]), (np.zeros_like(g), 0, False))
            sizes = {"count": g.size, "arriving": self.energies(np.zeros_like(g) if test else g, shift)}
            if test or not 0 < rms(g) < INF:  # nothing arrives: a random gradient tells what the layer would do to one
                g, shift, test = *((g, shift) if test else (random.standard_normal(g.shape).astype(g.dtype), 0)), True
                sizes["test"] = self.energies(g, shift)
            up = -math.frexp(float(np.abs(g).max()))[1]
            g, shift = np.ldexp(g, up), shift + up
            passed = tape.gradient(c["y"], [c["x"]] + c["variables"], output_gradients=tf.constant(g))
            passed = [None if p is None else tf.convert_to_tensor(p).numpy() for p in passed]
            sizes["tensors"] = [None if p is None or test else log10(rms(p), shift) for p in passed[1:]]
            if passed[0] is not None and c["x"].dtype.is_floating:
                sizes["leaving"] = self.energies(passed[0], shift)
                carried.update({id(c["x"]): (passed[0], shift, test)} if passed[0].any() else {})
            layers.insert(0, {**sizes, **self.forward_sizes(c)})
        for before, after in zip(layers, layers[1:]):
            if after.get("leaving") == before.get("test", before["arriving"]):
                del after["leaving"]  # nothing lies between
        out, n, error = output.numpy().astype(np.float64), len(x), arriving[-1]
        batch = {"samples": n, "loss": float(loss), "unit": n, "error": None if error is None else rms(error.numpy()),
                 "outputs": rms(out), "input": rms(x.numpy()), "layers": layers}
        labels = y.reshape(-1) if y.dtype.kind in "iu" and y.size == n else None
        if labels is not None and out.ndim == 2 and out.shape[1] > 1:
            probable = self.calls[-1]["kind"] == "Softmax"
            logs = np.log(np.maximum(out, 1e-300)) if probable else out - np.logaddexp.reduce(out, 1)[:, None]
            batch.update(labels=labels.tolist(), predicted=out.argmax(1).tolist(),
                         entropy=float(-logs[np.arange(n), labels].mean()))
        return batch

    def forward_sizes(self, c):
        """What a layer has read, and where its pre-activations lie."""
        u, sizes = c["x"].numpy(), {"input": rms(c["x"].numpy())}
        if c["function"]:
            distance = np.where(u < 0, -u / c["points"][1], u / c["points"][2])
            beyond = [int((distance >= times).sum()) for times in (0.25, 0.5, 1, 2, 4)]
            sizes.update(total=u.size, beyond=beyond, distance=rms(distance))
        if c["function"] == "relu":
            dead = (u.reshape(-1, u.shape[-1]) <= 0).all(0)
            sizes.update(units=len(dead), dead=np.flatnonzero(dead).tolist())
        return sizes

    def write(self):
        known = {v.ref(): f"{c['name']}/{i}" for c in self.calls for i, v in enumerate(c["variables"])}
        layers = [{"name": c["name"], "kind": c["kind"], "function": c["function"], "alpha": 1, "tensors": [
            {"name": known[v.ref()], "size": int(np.prod(v.shape)), "axes": len(v.shape),
             "fan_in": int(np.prod(v.shape[:-1]))} for v in c["variables"]]} for c in self.calls]
        values = {name: ref.deref().numpy() for ref, name in known.items()}
        self.initial = self.initial or {name: value.copy() for name, value in values.items()}
        header = {"trace": 1, "framework": "TensorFlow " + tf.__version__, "model": type(self.model).__name__, "layers": layers}
        tensors = {name: {"rms": rms(v), "mean": float(v.mean()), "change": rms(v - self.initial[name])} for name, v in values.items()}
        epsilon = getattr(self.model.optimizer, "epsilon", None)
        line = {"step": self.steps, "epsilon": epsilon, "tensors": tensors, "batches": self.window}
        lines = json.loads(json.dumps([header] * (header != self.header) + [line]), parse_constant=lambda nan: None)
        with open(self.path, "ab", buffering=0) as file:  # all at once
            file.write("".join(json.dumps(x, separators=(",", ":")) + "\n" for x in lines).encode())
        self.header = header
