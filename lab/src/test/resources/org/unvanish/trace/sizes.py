"""Records some models for a step each: dead units behind layers of all kinds, and the decay of optimizers. Argument: a folder."""
import json, sys
import torch
from torch import nn

folder = sys.argv[1]
sys.path.insert(0, folder)
import unvanish_hook


class Turned(nn.Module):
    def forward(self, x):
        return x.movedim(1, -1)


def recorded(model, x, optimizer=None):
    """The last line of a trace."""
    path = f"{folder}/{len(recorded.models)}.jsonl"
    recorded.models.append(model)
    recorder = unvanish_hook.Recorder(model, path, optimizer, batches=1)
    loss = model(x).square().mean()
    loss.backward()
    recorder.step(loss)
    return json.loads(open(path).readlines()[-1])


recorded.models = []


def dead(x, *layers):
    """The dead units of the only relu, when the second unit of the first layer with biases is far below 0."""
    model = nn.Sequential(*layers)
    with torch.no_grad():
        next(m for m in model if getattr(m, "bias", None) is not None).bias[1] = -100
    layers = recorded(model, x)["batches"][0]["layers"]
    return [(one["units"], one["dead"]) for one in layers if "dead" in one]


def penalty(make):
    model = nn.Sequential(nn.Linear(3, 2))
    return recorded(model, torch.randn(4, 3), make(model.parameters()))["tensors"]["0.weight"]["penalty"]


torch.manual_seed(3)
for size in ((), (5,), (5, 6), (5, 6, 7)):  # features of tables, steps, patches, ...
    assert dead(torch.randn(4, *size, 2), nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2)) == [(3, [1])], size
for kind, size in ((nn.Conv1d, (8,)), (nn.Conv2d, (8, 7)), (nn.Conv3d, (8, 7, 6))):
    x = torch.randn(4, 2, *size)
    assert dead(x, kind(2, 3, 3), nn.Dropout(0.1), nn.ReLU(), kind(3, 2, 3)) == [(3, [1])], kind
assert dead(torch.randn(4, 2, 8), nn.Conv1d(2, 3, 3), Turned(), nn.Linear(3, 5), nn.ReLU())[0][0] == 5
assert dead(torch.randn(4, 2, 8), nn.Conv1d(2, 3, 3, bias=False), nn.BatchNorm1d(3), nn.ReLU(), nn.Conv1d(3, 2, 3)) == [(3, [1])]

assert penalty(lambda p: torch.optim.Adam(p, 0.01, weight_decay=0.1)) is not None
assert penalty(lambda p: torch.optim.Adam(p, 0.01)) is None
assert penalty(lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.1)) is None
assert penalty(lambda p: torch.optim.SGD([{"params": p, "weight_decay": 0.1, "decoupled_weight_decay": True}], 0.01)) is None
