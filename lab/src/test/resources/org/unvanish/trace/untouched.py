"""Trains models with the hook and without: losses and parameters must be the same, bit for bit. Argument: a folder."""
import copy, gc, pickle, sys, warnings, weakref
import torch, torch.utils.checkpoint
from torch import nn

folder = sys.argv[1]
sys.path.insert(0, folder)
import unvanish_hook

torch.set_num_threads(1)


class Branches(nn.Module):
    """Recurrent, shared and in-place layers, branches, dropout."""

    def __init__(self):
        super().__init__()
        self.embedding, self.lstm = nn.Embedding(7, 4), nn.LSTM(4, 5, batch_first=True)
        self.shared, self.norm = nn.Linear(5, 5), nn.BatchNorm1d(5)
        self.relu, self.drop, self.head = nn.ReLU(inplace=True), nn.Dropout(0.3), nn.Linear(10, 3)

    def forward(self, words):
        last = self.lstm(self.embedding(words))[0][:, -1]
        once = self.relu(self.norm(self.shared(last)))
        return self.head(self.drop(torch.cat([torch.tanh(self.shared(once)) + last, once], 1)))


class Dead(nn.Sequential):
    """Nothing comes to its first layers."""

    def __init__(self):
        super().__init__(nn.Embedding(7, 4), nn.Flatten(), nn.Linear(24, 5), nn.Tanh(),
                         nn.Linear(5, 5), nn.ReLU(), nn.Dropout(0.5), nn.Linear(5, 3))
        nn.init.constant_(self[4].bias, -100)


class Plain(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Embedding(7, 4), nn.Flatten(), nn.Linear(24, 5), nn.Tanh(), nn.Linear(5, 5), nn.Tanh(), nn.Linear(5, 3))


class Frozen(Plain):
    """A layer in the middle and the first one are not trained; the last one no longer after some steps."""

    def __init__(self):
        super().__init__()
        self[0].requires_grad_(False)
        self[4].requires_grad_(False)


class Wrapped(nn.DataParallel):
    """As nn.DataParallel does where there is no GPU."""

    def __init__(self):
        super().__init__(Plain())


class InPlace(nn.Module):
    """Other code changes what layers put out: by a sum, which is one of its ways, and by a product."""

    def __init__(self):
        super().__init__()
        self.embedding, self.first, self.second = nn.Embedding(7, 6), nn.Linear(36, 6), nn.Linear(6, 6)
        self.third, self.head = nn.Linear(6, 6), nn.Linear(6, 3)

    def forward(self, words):
        once = torch.tanh(self.first(self.embedding(words).flatten(1)))
        twice = self.second(once)
        twice += once
        thrice = self.third(torch.tanh(twice))
        thrice *= 3
        return self.head(thrice)


class Outputs(nn.Module):
    """Layers that put out tuples, and a model that puts out its loss in a dictionary."""

    class Pair(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(5, 5))

        def forward(self, x):
            return x @ self.weight, {"unused": 1}

    def __init__(self):
        super().__init__()
        self.embedding, self.first, self.pair, self.head = nn.Embedding(7, 4), nn.Linear(24, 5), self.Pair(), nn.Linear(5, 3)

    def forward(self, words=None):
        y = self.head(self.pair(self.first(self.embedding(words).flatten(1)))[0])
        return {"loss": y.square().mean(), "logits": y}


class StepsFirst(nn.Module):
    """Sequences as PyTorch has them by default, of another length than there are samples; and parts without samples."""

    def __init__(self):
        super().__init__()
        self.embedding, self.rnn, self.head = nn.Embedding(7, 4), nn.GRU(4, 5, num_layers=2), nn.Linear(5, 3)
        self.scale = nn.Linear(3, 5)

    def forward(self, words):
        state = self.rnn(self.embedding(words).transpose(0, 1))[1][-1]
        return self.head(state * self.scale(torch.ones(1, 3)))


class Mixed(Plain):
    """Mixed precision, and the loss is scaled."""


class Accumulated(Plain):
    """A step every two mini-batches."""


class Evaluated(Plain):
    """A look at other samples between the steps, and a copy of the model that is averaged."""


class Hooked(Plain):
    """The program has hooks of its own, which draw random numbers."""

    def __init__(self):
        super().__init__()
        self[2].weight.register_hook(lambda g: g + 0.01 * torch.randn(g.shape))
        self[3].register_forward_hook(lambda m, i, o: o + 0.01 * torch.randn(o.shape))


class Checkpointed(Plain):
    """Parts are computed anew on the way back."""

    def forward(self, words):
        x = self[2](self[1](self[0](words)))
        return self[6](torch.utils.checkpoint.checkpoint(nn.Sequential(*list(self)[3:6]), x))


class Scripted(Plain):
    """A part of it is compiled."""

    def __init__(self):
        super().__init__()
        self[4] = torch.jit.script(nn.Sequential(nn.Linear(5, 5), nn.ReLU(inplace=True)))


def train(make, recorded):
    torch.manual_seed(3)
    model, kind, losses = make(), make.__name__, []
    optimizer = torch.optim.Adam(model.parameters(), 0.01)
    average = None
    if recorded:
        recorder = unvanish_hook.Recorder(model, f"{folder}/{kind}.jsonl", optimizer, every=3, batches=2)
    if kind == "Evaluated":
        average = copy.deepcopy(model)
    parts, scale = (2, 1.0) if kind == "Accumulated" else (1, 1024.0) if kind == "Mixed" else (1, 1.0)
    for step in range(12):
        if kind == "Frozen" and step == 6:
            model[2].bias.requires_grad_(False)
        optimizer.zero_grad()
        for _ in range(parts):
            words = torch.randint(0, 7, (8, 6))
            targets = words[:, 0] % 3
            with torch.autocast("cpu", enabled=kind == "Mixed"):
                output = model(words=words) if kind == "Outputs" else model(words)
            output = output["logits"] if kind == "Outputs" else output
            loss = nn.functional.cross_entropy(output.float(), targets)
            (loss * scale / parts).backward()
        for p in model.parameters():
            if p.grad is not None:
                p.grad /= scale
        optimizer.step()
        if kind == "Evaluated":
            model.eval()
            losses.append(float(nn.functional.cross_entropy(model(words), targets)))
            average(words).sum().backward()
            model.train()
            with torch.no_grad():
                losses.append(float(model(words).sum()))
        if recorded:
            recorder.step(loss, targets, scale / parts)
        losses.append(float(loss))
    if recorded:
        recorder.close()
        recorder.step(loss, targets)
        own = 1 if kind == "Hooked" else 0
        assert sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in model.modules()) == own, kind
        assert all(m.inplace for m in model.modules() if isinstance(m, nn.ReLU) and kind == "Branches")
        if kind not in ("Hooked", "Scripted"):
            pickle.loads(pickle.dumps(model))
        gone = weakref.ref(recorder)
        del recorder, loss, output, average  # the graphs have hooks of their tensors, the copy those of its modules
        gc.collect()
        assert gone() is None, kind
    return losses, list(model.state_dict().values())


warnings.simplefilter("error")
for make in (Branches, Dead, Frozen, Wrapped, InPlace, Outputs, StepsFirst, Mixed, Accumulated, Evaluated, Hooked, Checkpointed, Scripted):
    (losses, parameters), (own, without) = train(make, True), train(make, False)
    assert losses == own, make
    assert all(torch.equal(a, b) for a, b in zip(parameters, without)), make

# What a measured step has held is let go of.
model = Plain()
recorder, held = unvanish_hook.Recorder(model, f"{folder}/held.jsonl", every=1, batches=1), []
for _ in range(5):
    loss = model(torch.zeros(2, 6, dtype=torch.int64)).square().mean()
    loss.backward()
    recorder.step(loss)
    gc.collect()
    held.append(sum(issubclass(type(o), torch.Tensor) for o in gc.get_objects()))
assert held[-1] == held[1], held

# A model whose layers cannot be seen is refused, and a fault in the hook costs the recording alone.
try:
    unvanish_hook.Recorder(torch.jit.script(Plain()), f"{folder}/none.jsonl")
    raise AssertionError("TorchScript is not refused")
except ValueError as refused:
    assert "TorchScript" in str(refused)
model = Plain()
recorder = unvanish_hook.Recorder(model, f"{folder}/no/such/folder.jsonl", batches=1)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    loss = model(torch.zeros(2, 6, dtype=torch.int64)).square().mean()
    loss.backward()
    recorder.step(loss)
assert ["Unvanish has stopped recording" in str(w.message) for w in caught] == [True], caught
assert not any(m._forward_hooks for m in model.modules())
