"""Trains models with the hook and without: parameters must be the same, bit for bit. Argument: a folder."""
import copy, sys
import torch

folder = sys.argv[1]
sys.path.insert(0, folder)
import unvanish_hook

torch.set_num_threads(1)


class Branches(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.lstm = torch.nn.Embedding(7, 4), torch.nn.LSTM(4, 5, batch_first=True)
        self.shared, self.norm = torch.nn.Linear(5, 5), torch.nn.BatchNorm1d(5)
        self.relu, self.drop, self.head = torch.nn.ReLU(inplace=True), torch.nn.Dropout(0.3), torch.nn.Linear(10, 3)

    def forward(self, words):
        last = self.lstm(self.embedding(words))[0][:, -1]
        once = self.relu(self.norm(self.shared(last)))
        return self.head(self.drop(torch.cat([torch.tanh(self.shared(once)) + last, once], 1)))


class Dead(torch.nn.Sequential):
    def __init__(self):
        super().__init__(torch.nn.Embedding(7, 4), torch.nn.Flatten(), torch.nn.Linear(24, 5), torch.nn.Tanh(),
                         torch.nn.Linear(5, 5), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(5, 3))
        torch.nn.init.constant_(self[4].bias, -100)


def train(model, recorded):
    torch.manual_seed(3)
    optimizer = torch.optim.Adam(model.parameters(), 0.01)
    if recorded:
        recorder = unvanish_hook.Recorder(model, f"{folder}/{type(model).__name__}.jsonl", optimizer, every=3, batches=2)
    for _ in range(12):
        words = torch.randint(0, 7, (8, 6))
        targets = words[:, 0] % 3
        loss = torch.nn.functional.cross_entropy(model(words), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if recorded:
            recorder.step(loss, targets)
    return list(model.state_dict().values())


for make in (Branches, Dead):
    model = make()
    with_hook, without = train(copy.deepcopy(model), True), train(copy.deepcopy(model), False)
    assert all(torch.equal(a, b) for a, b in zip(with_hook, without)), make
