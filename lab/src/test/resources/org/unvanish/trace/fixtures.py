"""Makes residual.jsonl and dead.jsonl with the hook, saved as unvanish_hook.py beside it, and Debian's python3-torch 1.13."""
import torch
import unvanish_hook


class Residual(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.front, self.head = torch.nn.Linear(5, 6), torch.nn.Linear(6, 3)
        self.block = torch.nn.Sequential(torch.nn.Linear(6, 6), torch.nn.ReLU(), torch.nn.Linear(6, 6))

    def forward(self, x):
        z = torch.tanh(self.front(x))
        return self.head(z + self.block(z))


def train(model, path):
    optimizer = torch.optim.Adam(model.parameters(), 0.01, weight_decay=0.001)
    recorder = unvanish_hook.Recorder(model, path, optimizer, every=10, batches=2, samples=4)
    for _ in range(12):
        x = torch.randn(8, 5)
        targets = (x[:, 0] > 0).long()
        loss = torch.nn.functional.cross_entropy(model(x), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        recorder.step(loss, targets)


torch.manual_seed(1)
train(Residual(), "residual.jsonl")
dead = torch.nn.Sequential(
    torch.nn.Linear(5, 6), torch.nn.Tanh(), torch.nn.Linear(6, 6), torch.nn.ReLU(), torch.nn.Linear(6, 3))
with torch.no_grad():
    dead[2].bias.fill_(-100)
train(dead, "dead.jsonl")
