"""The twin of an engine's network in PyTorch: the same parameters and samples, without steps. Arguments: folders. Exit code 3: there is no PyTorch."""
import array, json, sys
try:
    import torch
except ImportError as missing:
    print(missing)
    sys.exit(3)
import unvanish_hook

torch.set_num_threads(1)


def floats(folder, name, shape):
    values = array.array("f")
    with open(f"{folder}/{name}", "rb") as file:
        values.frombytes(file.read())
    values.byteswap()
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


class Scaled(torch.nn.Module):
    def __init__(self, alpha):
        super().__init__()
        self.alpha = alpha

    def forward(self, z):
        return self.alpha * torch.tanh(z / self.alpha)


def trace(folder):
    plan = json.load(open(f"{folder}/plan.json"))
    inputs, width, layers, alpha = floats(folder, "inputs", plan["shape"]), plan["shape"][1], [], 1.0
    if any(layer["kind"] == "conv" for layer in plan["layers"]):
        channels = width
    else:
        inputs, width = inputs.flatten(1), inputs[0].numel()
    size = inputs.shape
    for layer in plan["layers"]:
        kind = layer["kind"]
        if kind == "conv":
            layers.append(torch.nn.Conv2d(size[1], layer["units"], 3, padding=1, bias=layer["bias"]))
        elif kind == "pool":
            layers.append(torch.nn.MaxPool2d(2))
        elif kind == "dense":
            if len(size) > 2:
                layers.append(torch.nn.Flatten())
                size = torch.Size((size[0], size[1:].numel()))
            layers.append(torch.nn.Linear(size[1], layer["units"], bias=layer["bias"]))
        elif kind == "tanh" and layer["alpha"] != 1:
            alpha = layer["alpha"]
            layers.append(Scaled(alpha))
        else:
            layers.append({"tanh": torch.nn.Tanh, "logistic": torch.nn.Sigmoid, "relu": lambda: torch.nn.ReLU(inplace=True),
                           "log-sigmoid": torch.nn.LogSigmoid}[kind]())
        size = layers[-1](torch.zeros(size)).shape
    model = torch.nn.Sequential(*layers)
    parameters = floats(folder, "parameters", -1)
    with torch.no_grad():
        at = 0
        for parameter in model.parameters():
            parameter.copy_(parameters[at:at + parameter.numel()].reshape(parameter.shape))
            at += parameter.numel()
    targets = torch.tensor(plan["labels"])
    recorder = unvanish_hook.Recorder(
        model, f"{folder}/trace.jsonl", samples=len(targets), activations={"Scaled": ("Tanh", alpha)})
    for _ in range(4):
        loss = torch.nn.functional.cross_entropy(model(inputs), targets)
        loss.backward()
        recorder.step(loss, targets)


for folder in sys.argv[1:]:
    trace(folder)
