"""A stand-in for the few calls of TensorFlow and Keras that the hook for Keras makes, on PyTorch. Not TensorFlow: it shows that
the hook does what it means to do, not that real Keras does what the hook expects of it."""
import types
import torch

__version__ = "0 (stand-in)"


class DType:
    def __init__(self, dtype):
        self.is_floating = dtype.is_floating_point


class Tensor:
    def __init__(self, values):
        self.values = values

    dtype = property(lambda self: DType(self.values.dtype))
    shape = property(lambda self: tuple(self.values.shape))

    def numpy(self):
        return self.values.detach().numpy().copy()

    def __float__(self):
        return float(self.values)

    def __len__(self):
        return len(self.values)


class Variable(Tensor):
    def __init__(self, values, trainable=True):
        super().__init__(values.requires_grad_(trainable and values.is_floating_point()))

    def assign(self, value):
        with torch.no_grad():
            self.values.copy_(torch.as_tensor(value))

    def ref(self):
        return Reference(self)


class Reference:
    def __init__(self, variable):
        self.variable = variable

    def deref(self):
        return self.variable

    def __hash__(self):
        return id(self.variable)

    def __eq__(self, other):
        return self.variable is other.variable


class GradientTape:
    def __init__(self, persistent):
        assert persistent

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        pass

    def gradient(self, target, sources, output_gradients=None):
        wanted = [s.values for s in sources if s.values.requires_grad]
        found = iter(torch.autograd.grad(target.values, wanted, output_gradients.values if output_gradients is not None else None,
                                         retain_graph=True, allow_unused=True))
        each = [next(found) if s.values.requires_grad else None for s in sources]
        return [None if g is None else Tensor(g) for g in each]


def flatten(value):
    return [deep for one in value for deep in flatten(one)] if isinstance(value, (list, tuple)) else [value]


def convert_to_tensor(value):
    return value if isinstance(value, Tensor) else Tensor(torch.as_tensor(value))


constant = convert_to_tensor
is_tensor = lambda value: isinstance(value, Tensor)
reduce_mean = lambda value: Tensor(value.values.mean())
nest = types.SimpleNamespace(flatten=flatten)


class Callback:
    def set_model(self, model):
        self.model = model


class Layer:
    count = 0

    def __init__(self, name=None):
        Layer.count += 1
        self.name = name or f"{type(self).__name__.lower()}_{Layer.count}"
        self.trainable_variables, self.non_trainable_variables = [], []

    def __call__(self, x, training=False):
        return self.call(x, training=training)


def activation(name):
    function = lambda z: Tensor({"linear": lambda v: v, "softmax": lambda v: torch.softmax(v, -1)}.get(name, getattr(torch, name, None))(z.values))
    function.__name__ = name
    return function


class Dense(Layer):
    def __init__(self, weights, bias, function="linear"):
        super().__init__()
        self.trainable_variables = [Variable(weights), Variable(bias)]
        self.activation = activation(function)

    def call(self, x, training=False):
        weights, bias = self.trainable_variables
        return self.activation(Tensor(x.values @ weights.values + bias.values))


class Activation(Layer):
    def __init__(self, function):
        super().__init__()
        self.activation = activation(function)

    def call(self, x, training=False):
        return self.activation(x)


class BatchNormalization(Layer):
    def __init__(self, units):
        super().__init__()
        self.trainable_variables = [Variable(torch.ones(units)), Variable(torch.zeros(units))]
        self.non_trainable_variables = [Variable(torch.zeros(units), False), Variable(torch.ones(units), False)]

    def call(self, x, training=False):
        mean, variance = (v.values for v in self.non_trainable_variables)
        scale, shift = (v.values for v in self.trainable_variables)
        return Tensor(torch.nn.functional.batch_norm(x.values, mean, variance, scale, shift, training, 0.1))


class Dropout(Layer):
    """Its state is a variable, as in Keras 3."""

    def __init__(self, rate):
        super().__init__()
        self.rate, self.non_trainable_variables = rate, [Variable(torch.tensor([7]), False)]

    def call(self, x, training=False):
        if not training: return x
        state = self.non_trainable_variables[0]
        kept = torch.rand(x.shape, generator=torch.Generator().manual_seed(int(state.values))) >= self.rate
        state.assign(state.values + 1)
        return Tensor(x.values * kept / (1 - self.rate))


class LSTM(Layer):
    """Fused: its steps cannot be seen, and its activation functions are its cell's."""

    def __init__(self, inputs, units):
        super().__init__()
        self.inner, self.cell = torch.nn.LSTM(inputs, units, batch_first=True), object()
        self.activation = activation("tanh")
        self.trainable_variables = []
        for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
            variable = Variable(torch.zeros(0))
            variable.values = getattr(self.inner, name)
            self.trainable_variables.append(variable)

    def call(self, x, training=False):
        return Tensor(self.inner(x.values)[0][:, -1])


class Sequential(Layer):
    def __init__(self, *layers):
        super().__init__()
        self.layers, self.optimizer = list(layers), types.SimpleNamespace(epsilon=1e-7)

    trainable_variables = property(lambda self: [v for l in self.layers for v in l.trainable_variables], lambda self, value: None)
    non_trainable_variables = property(lambda self: [v for l in self.layers for v in l.non_trainable_variables], lambda self, value: None)

    def call(self, x, training=False):
        for layer in self.layers:
            x = layer(x, training=training)
        return x

    def compute_loss(self, x, y, y_pred):
        if self.layers[-1].activation.__name__ == "softmax":
            return Tensor(torch.nn.functional.nll_loss(y_pred.values.log(), y.values))
        return Tensor(torch.nn.functional.cross_entropy(y_pred.values, y.values))

    def fit(self, x, y, batch_size, epochs, callbacks):
        """By gradient descent with a learning rate of 0.1. Returns the losses."""
        losses = []
        [callback.set_model(self) for callback in callbacks]
        for _ in range(epochs):
            for batch, start in enumerate(range(0, len(x), batch_size)):
                [callback.on_train_batch_begin(batch) for callback in callbacks]
                cut = slice(start, start + batch_size)
                loss = self.compute_loss(None, Tensor(torch.as_tensor(y[cut])), self(Tensor(torch.as_tensor(x[cut])), training=True))
                for v, g in zip(self.trainable_variables, torch.autograd.grad(loss.values, [v.values for v in self.trainable_variables])):
                    v.assign(v.values - 0.1 * g)
                losses.append(float(loss))
        return losses


keras = types.SimpleNamespace(callbacks=types.SimpleNamespace(Callback=Callback))
