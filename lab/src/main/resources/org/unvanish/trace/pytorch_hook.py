"""Records what becomes of the gradient in a PyTorch model (1.13 or 2.x) while it is trained, for Unvanish.
    recorder = unvanish_hook.Recorder(model, "trace.jsonl", optimizer)
    for inputs, targets in batches:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        recorder.step(loss, targets)      # after every step; in the end, or before the model is pickled: recorder.close()
Then `unvanish diagnose trace.jsonl`, also while the training goes on. Every `every` steps it measures `batches` mini-batches
in a row and appends a line. Not seen: what no module computes (F.tanh), what is compiled, steps of recurrent layers."""
import json, math, torch, warnings
INF = math.inf
# Class: the function's name, from where on |f'| is below a tenth of its most (below 0, above 0), options that it needs.
FUNCTIONS = {"Tanh": ("tanh", 1.818446, 1.818446, {}), "Sigmoid": ("logistic", 3.636893, 3.636893, {}),
    "Softsign": ("softsign", 2.162278, 2.162278, {}), "LogSigmoid": ("log-sigmoid", INF, 2.197225, {}),
    "Hardtanh": ("hard-tanh", 1.0, 1.0, {"min_val": -1, "max_val": 1}), "Hardsigmoid": ("hard-sigmoid", 3.0, 3.0, {}),
    "ReLU": ("relu", INF, INF, {}), "LeakyReLU": ("leaky-relu", INF, INF, {"negative_slope": 0.01}),
    "ELU": ("elu", 2.302585, INF, {"alpha": 1}), "SELU": ("selu", 2.302585, INF, {}), "SiLU": ("silu", 0.882469, INF, {}),
    "GELU": ("gelu", 1.728192, INF, {"approximate": "none"}), "Softplus": ("softplus", 2.197225, INF, {"beta": 1})}
CHANNELS = (torch.nn.modules.conv._ConvNd, torch.nn.modules.batchnorm._NormBase, torch.nn.GroupNorm)  # units lie second
FEATURES = (torch.nn.Linear, torch.nn.Embedding, torch.nn.RNNBase, torch.nn.MultiheadAttention)  # units lie last
def axis(m, calls): return 1 if isinstance(m, CHANNELS) else -1 if isinstance(m, FEATURES) else calls[-1]["axis"] if calls else None
def first(value):  # of what a module reads or puts out; a loss among that has no samples
    values = list(value.values()) if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else [value]
    return next((v for v in values if torch.is_tensor(v) and v.dim() > 0), None)
def double(tensor): return (tensor.detach().cpu() if tensor.device.type == "mps" else tensor.detach()).double()
def rms(tensor): return double(tensor).square().mean().sqrt().item() if tensor is not None and tensor.is_floating_point() else None
def log10(x, shift=0): return round(math.log10(x) - shift * math.log10(2), 6) if 0 < x < INF else None  # null where there is none
class Recorder:
    """optimizer: tells weight decay and Adam's epsilon. samples: so many of a mini-batch are kept apart.
    mean: whether the loss is a mean over the mini-batch's samples, which come first in what the model puts out, or their sum.
    activations: classes of your own: {"ScaledTanh": ("Tanh", 2.0)} is a*tanh(z/a) with a = 2."""
    def __init__(self, model, path, optimizer=None, every=100, batches=4, samples=32, mean=True, activations=None):
        if isinstance(model, torch.jit.ScriptModule): raise ValueError("TorchScript hides layers: record what it was made of")
        self.model, self.path, self.every, self.batches, self.samples, self.mean = model, path, every, batches, samples, mean
        self.groups, self.adamw = optimizer.param_groups if optimizer else [], "AdamW" in str(type(optimizer).__mro__)
        self.own, self.count, self.header, self.on, self.forward, self.busy = activations or {}, 0, None, True, False, False
        self.window, self.tensors, self.calls, self.carried, self.error = [], {}, [], {}, None
        self.names, self.random = {p: n for n, p in model.named_parameters() if p.requires_grad}, torch.Generator().manual_seed(1)
        self.initial = {p: p.detach().cpu().clone() for p in self.names}
        leaves = [(n or "model", m) for n, m in model.named_modules() if not isinstance(m, torch.jit.ScriptModule) and (
            not list(m.children()) or isinstance(m, (torch.nn.RNNBase, torch.nn.MultiheadAttention)))]
        self.inplace = [m for _, m in leaves if getattr(m, "inplace", False)]
        [vars(m).update(inplace=False) for m in self.inplace]
        # No methods: a deep copy of the model would copy the recorder with them.
        self.handles = [model.register_forward_pre_hook(lambda m, i: self.safely(self.begin, m, first(i)))] + [
            m.register_forward_hook(lambda m, i, o, n=n: self.safely(self.passed, n, m, first(i), first(o))) for n, m in leaves
        ] + [model.register_forward_hook(lambda m, i, o: self.safely(self.end, m, first(o)))]
    def close(self):  # ends the recording and leaves the model as it was
        [handle.remove() for handle in self.handles]
        [vars(m).update(inplace=True) for m in self.inplace]
        self.handles, self.inplace, self.on, self.forward = [], [], False, self.forget()
    def forget(self):  # a tensor's hook knows its call, which knows the tensor: nobody else would take that apart
        self.calls, self.carried = [call.clear() for call in self.calls][:0], {}
    def safely(self, work, *arguments):  # a fault in here ends the recording, not the training
        try: work(*arguments)
        except Exception as fault:
            self.close()
            warnings.warn(f"Unvanish has stopped recording: {fault!r}")
    def begin(self, model, x):
        # Not a copy of it, and not what is computed between the way back and the step.
        self.forward = self.on and torch.is_grad_enabled() and model is self.model and self.error is None
        if self.forward:
            self.error, self.input, self.before = self.forget(), x, {p: p.detach().clone() for p in self.names}
            coupled = [g for g in self.groups if not g.get("decoupled_weight_decay", self.adamw)]  # in the gradient itself
            decay = {p: g.get("weight_decay", 0) for g in coupled for p in g["params"]}
            self.tensors = self.tensors if self.window else {n: {
                "rms": rms(p), "mean": double(p).mean().item(), "change": rms(p.detach().cpu() - self.initial[p]),
                "penalty": log10(decay.get(p, 0) * rms(p))} for p, n in self.names.items()}
    def passed(self, name, m, x, y):
        if self.forward and x is not None and y is not None and y.requires_grad:
            again, own = sum(c["m"] is m for c in self.calls), [p for p in m.parameters() if p.requires_grad and p in self.names]
            self.calls.append({"name": name + f"#{again + 1}" * (again > 0), "m": m, "x": x, "y": y, "tensors": own,
                               "version": y._version, "axis": axis(m, self.calls), "sizes": None})
            y.register_hook(lambda g, call=self.calls[-1]: self.safely(self.arrived, call, g.detach()))
    def end(self, model, y):
        if self.forward and model is self.model and y is not None and y.requires_grad:
            self.output = y.detach()
            y.register_hook(lambda g: None if self.busy else setattr(self, "error", double(g)))
        self.forward = False
    def energies(self, g, shift):  # log10 of g/2^shift: root mean square of all, and root of each sample's sum of squares
        n, g = len(self.output), double(g)
        g = g.transpose(0, 1) if g.dim() > 1 and len(g) != n == g.shape[1] else g  # steps of sequences come first
        each = g.reshape(n, -1).square().sum(1) if len(g) % n == 0 else g.square().sum().expand(n) / n
        return [log10(e, shift) for e in [math.sqrt(each.sum().item() / g.numel())] + each[:self.samples].sqrt().tolist()]
    def arrived(self, call, g):  # the gradient g has come to a layer's output: what does the layer alone make of it?
        if self.busy or not call or call["sizes"]: return
        x, y, shift, test, tensors = call["x"], call["y"], 0, False, call["tensors"]
        if y._version > call["version"] and type(y.grad_fn).__name__[:4] not in ("AddB", "Relu"): return  # changed in place
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
    def forward_sizes(self, c):  # what a layer has read, and where its pre-activations lie
        (function, below, above, alpha), sizes = self.function(c["m"]), {"input": rms(c["x"])}
        if function:
            u = double(c["x"]) / alpha
            distance = torch.where(u < 0, -u / below, u / above)
            beyond = [int((distance >= times).sum()) for times in (0.25, 0.5, 1, 2, 4)]
            sizes.update(total=u.numel(), beyond=beyond, distance=rms(distance))
        if function == "relu":
            units = u.movedim(min(c["axis"] or (1 if u.dim() > 3 else -1), u.dim() - 1), 0)
            sizes.update(units=len(units), dead=torch.where((units.reshape(len(units), -1) <= 0).all(1))[0].tolist())
        return sizes
    def step(self, loss, targets=None, scale=1.0):
        """To be called after each step. scale: what the loss was multiplied by to go back, as by a GradScaler."""
        self.safely(self.stepped, loss, targets, scale)
    def stepped(self, loss, targets, scale):
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
            if len(self.window) == self.batches: self.write(calls)
        self.error, self.count = self.forget(), self.count + 1
        self.on = bool(self.handles) and (bool(self.window) or self.count % self.every == 0)
        if self.count == 50 and self.handles and not self.header: warnings.warn("Unvanish has recorded nothing of this model")
    def write(self, calls):
        layers = [{"name": c["name"], "kind": type(c["m"]).__name__, "function": f[0], "alpha": f[3], "tensors": [
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
