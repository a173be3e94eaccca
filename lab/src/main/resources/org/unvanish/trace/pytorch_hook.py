"""Records what becomes of the gradient in a PyTorch model (1.13 or 2.x) while it is trained, for Unvanish.

    recorder = unvanish_hook.Recorder(model, "trace.jsonl", optimizer)
    for inputs, targets in batches:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        recorder.step(loss, targets)      # after every step
Then `unvanish diagnose trace.jsonl`, also while the training goes on. Every `every` steps it measures `batches`
mini-batches in a row and appends a line to the file. A measured step goes back through each layer once more and takes
about four times as long (by default +12 % in all); others take what they took. Parameters are copied twice, once to the CPU.
In-place activations become usual ones. Not seen: what no module computes (F.tanh), and what torch.compile fuses."""
import json, math, torch
INF = math.inf
# Class: the function's name, from where on |f'| is below a tenth of its most (below 0, above 0), options that it needs.
FUNCTIONS = {
    "Tanh": ("tanh", 1.818446, 1.818446, {}), "Sigmoid": ("logistic", 3.636893, 3.636893, {}),
    "Softsign": ("softsign", 2.162278, 2.162278, {}), "LogSigmoid": ("log-sigmoid", INF, 2.197225, {}),
    "Hardtanh": ("hard-tanh", 1.0, 1.0, {"min_val": -1, "max_val": 1}), "Hardsigmoid": ("hard-sigmoid", 3.0, 3.0, {}),
    "ReLU": ("relu", INF, INF, {}), "LeakyReLU": ("leaky-relu", INF, INF, {"negative_slope": 0.01}),
    "ELU": ("elu", 2.302585, INF, {"alpha": 1}), "SELU": ("selu", 2.302585, INF, {}), "SiLU": ("silu", 0.882469, INF, {}),
    "GELU": ("gelu", 1.728192, INF, {"approximate": "none"}), "Softplus": ("softplus", 2.197225, INF, {"beta": 1})}

def first(value):
    return next((v for v in (value if isinstance(value, (tuple, list)) else [value]) if torch.is_tensor(v)), None)
def double(tensor):
    return (tensor.detach().cpu() if tensor.device.type == "mps" else tensor.detach()).double()
def rms(tensor):
    return double(tensor).square().mean().sqrt().item() if tensor.is_floating_point() else None
def log10(x, shift=0):  # null is the logarithm of zero, or of no number
    return round(math.log10(x) - shift * math.log10(2), 6) if 0 < x < INF else None

class Recorder:
    """optimizer: tells weight decay and Adam's epsilon. samples: so many of a mini-batch are kept apart.
    mean: whether the loss is a mean over the mini-batch's samples, which come first in all shapes, or their sum.
    activations: classes of your own: {"ScaledTanh": ("Tanh", 2.0)} is a*tanh(z/a) with a = 2."""

    def __init__(self, model, path, optimizer=None, every=100, batches=4, samples=32, mean=True, activations=None):
        self.path, self.samples, self.mean, self.own = path, samples, mean, activations or {}
        self.groups, self.random = optimizer.param_groups if optimizer else [], torch.Generator().manual_seed(1)
        self.model, self.every, self.batches, self.count, self.header, self.on = model, every, batches, 0, None, True
        self.forward, self.busy, self.calls, self.window, self.tensors = False, False, [], [], {}
        self.names = {p: n for n, p in model.named_parameters() if p.requires_grad}
        self.initial = {p: p.detach().cpu().clone() for p in self.names}
        model.register_forward_pre_hook(self.begin)
        for name, m in model.named_modules():
            if not list(m.children()) or isinstance(m, (torch.nn.RNNBase, torch.nn.MultiheadAttention)):
                vars(m).update({"inplace": False} if getattr(m, "inplace", False) else {})
                m.register_forward_hook(lambda m, i, o, name=name: self.passed(name or "model", m, first(i), first(o)))
        model.register_forward_hook(self.end)

    def begin(self, model, inputs):
        self.forward = self.on and model.training and torch.is_grad_enabled()
        if self.forward:
            self.calls, self.carried, self.error, self.input = [], {}, None, first(inputs).detach()
            self.before = {p: p.detach().clone() for p in self.names}
            decay = {p: g.get("weight_decay", 0) for g in self.groups for p in g["params"]}
            self.tensors = self.tensors if self.window else {n: {
                "rms": rms(p), "mean": double(p).mean().item(), "change": rms(p.detach().cpu() - self.initial[p]),
                "penalty": log10(decay.get(p, 0) * rms(p))} for p, n in self.names.items()}

    def passed(self, name, m, x, y):
        if self.forward and x is not None and y is not None and y.requires_grad:
            again, own = sum(c["m"] is m for c in self.calls), [p for p in m.parameters() if p in self.names]
            call = {"name": name + f"#{again + 1}" * (again > 0), "m": m, "x": x, "y": y, "sizes": None, "tensors": own}
            self.calls.append(call)
            y.register_hook(lambda g: self.arrived(call, g.detach()))

    def end(self, model, inputs, output):
        if self.forward and first(output) is not None and first(output).requires_grad:
            self.output = first(output).detach()
            first(output).register_hook(lambda g: None if self.busy else setattr(self, "error", double(g)))
        self.forward = False

    def energies(self, g, shift):
        """Logarithms of g/2^shift: the root mean square over all, and the root of each sample's sum of squares."""
        each = double(g).reshape(len(g), -1).square().sum(1)
        return [log10(e, shift) for e in [math.sqrt(each.sum().item() / g.numel())] + each[:self.samples].sqrt().tolist()]

    def arrived(self, call, g):
        """The gradient g has come to a layer's output: what does the layer alone make of it?"""
        if self.busy or call["sizes"]: return
        x, y, shift, test, tensors = call["x"], call["y"], 0, False, call["tensors"]
        if not 1e-30 < rms(g) < INF:  # out of single precision's range: go on with what the next layer has passed on
            g, shift, test = self.carried.get(id(y), (torch.zeros_like(g), 0, False))
        call["sizes"] = sizes = {"count": g.numel(), "arriving": self.energies(torch.zeros_like(g) if test else g, shift)}
        if test or not 0 < rms(g) < INF:  # nothing arrives: a random gradient tells what the layer would do to one
            g, shift, test = *((g, shift) if test else (torch.randn(g.shape, generator=self.random).to(g), 0)), True
            sizes["test"] = self.energies(g, shift)
        up = -math.frexp(g.abs().max().item())[1]
        g, shift, self.busy = g * 2.0 ** (up // 2) * 2.0 ** (up - up // 2), shift + up, True
        wanted = [x] * x.requires_grad + tensors
        passed = torch.autograd.grad(y, wanted, g, retain_graph=True, allow_unused=True) if wanted else ()
        self.busy, own = False, passed[x.requires_grad:]
        sizes["tensors"] = [None if p is None or test else log10(rms(p), shift) for p in own]
        if x.requires_grad and passed[0] is not None:
            sizes["leaving"] = self.energies(passed[0], shift)
            self.carried.update({id(x): (passed[0], shift, test)} if passed[0].any() else {})

    def function(self, m):
        kind, alpha = self.own.get(type(m).__name__, (type(m).__name__, 1.0))
        found = FUNCTIONS.get(kind, (None, INF, INF, {}))
        return (*found[:3], alpha) if all(getattr(m, k, v) == v for k, v in found[3].items()) else (None, 1, 1, alpha)

    def forward_sizes(self, c):
        """What a layer has read, and where its pre-activations lie."""
        (function, below, above, alpha), sizes = self.function(c["m"]), {"input": rms(c["x"])}
        if function:
            u = double(c["x"]) / alpha
            distance = torch.where(u < 0, -u / below, u / above)
            beyond = [int((distance >= times).sum()) for times in (0.25, 0.5, 1, 2, 4)]
            sizes.update(total=u.numel(), beyond=beyond, distance=rms(distance))
        if function == "relu":
            units = u.movedim(1 if u.dim() > 3 else -1, 0)
            sizes.update(units=len(units), dead=torch.where((units.reshape(len(units), -1) <= 0).all(1))[0].tolist())
        return sizes

    def step(self, loss, targets=None, scale=1.0):
        """To be called after each step. scale: what the loss was multiplied by to go back, as by a GradScaler."""
        if self.on and self.calls and self.error is not None:
            n, out, calls = len(self.output), double(self.output), [c for c in self.calls if c["sizes"]]
            batch = {"samples": n, "loss": float(loss), "unit": (n if self.mean else 1) / scale, "outputs": rms(out),
                     "error": rms(self.error), "input": rms(self.input),
                     "layers": [{**c["sizes"], **self.forward_sizes(c)} for c in calls]}
            for before, after in zip(batch["layers"], batch["layers"][1:]):
                if after.get("leaving") == before.get("test", before["arriving"]): del after["leaving"]  # nothing between
            if torch.is_tensor(targets) and targets.dtype == torch.int64 and out.dim() == 2 and targets.shape == (n,):
                entropy = torch.nn.functional.cross_entropy(out, targets.to(out.device))
                batch.update(labels=targets.tolist(), predicted=out.argmax(1).tolist(), entropy=entropy.item())
            self.window = [b for b in self.window if len(b["layers"]) == len(calls)] + [batch]
            if len(self.window) == self.batches:
                self.write(calls)
            self.calls, self.carried = [], {}
        self.count += 1
        self.on = bool(self.window) or self.count % self.every == 0

    def write(self, calls):
        layers = [
            {"name": c["name"], "kind": type(c["m"]).__name__, "function": f[0], "alpha": f[3], "tensors": [
                {"name": self.names[p], "size": p.numel(), "axes": p.dim(), "fan_in": p[:1].numel() if p.dim() else 1}
                for p in c["tensors"]]} for c in calls for f in [self.function(c["m"])]]
        header = {"trace": 1, "framework": "PyTorch " + torch.__version__, "model": type(self.model).__name__, "layers": layers}
        for p, before in self.before.items():
            self.tensors[self.names[p]]["update"] = log10(rms(p.detach() - before) / (rms(before) or INF))
        line = {"step": self.count - self.batches + 1, "tensors": self.tensors, "batches": self.window,
                "epsilon": next((g["eps"] for g in self.groups if "betas" in g), None)}
        lines = json.loads(json.dumps([header] * (header != self.header) + [line]), parse_constant=lambda nan: None)
        with open(self.path, "ab", buffering=0) as file:  # all at once
            file.write("".join(json.dumps(x, separators=(",", ":")) + "\n" for x in lines).encode())
        self.header, self.window = header, []
