"""Processor seconds of the siamese network in PyTorch on one thread: 2,400 steps of 8 graphs, and ranking 15,625 graphs coarse.

Prints JSON. 200 steps are measured and counted twelvefold. The graph is that of NAS-Bench-201; words and labels are random.
"""
import json
import time

import torch
from torch import nn
from torch.nn import functional

torch.set_num_threads(1)
torch.manual_seed(1)
V, WORDS, WIDTH = 10, 9, 64
EDGES = [(0, 1), (0, 3), (0, 6), (1, 2), (2, 4), (2, 7), (3, 5), (4, 5), (5, 8), (6, 9), (7, 9), (8, 9)]
ADJACENCY = torch.eye(V)
for start, end in EDGES:
    ADJACENCY[start, end] = 1
MASK = torch.clamp(ADJACENCY + ADJACENCY.T, max=1)


class Normalise(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.BatchNorm1d(WIDTH, eps=1e-4, momentum=0.003)

    def forward(self, x):
        return self.inner(x.flatten(0, 1)).view(x.shape)


class Group(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.weights = nn.ModuleList(nn.Linear(inputs, WIDTH, bias=False) for _ in range(2))
        self.normalise = nn.ModuleList(Normalise() for _ in range(2))

    def forward(self, adjacency, x):
        along = self.normalise[0](torch.matmul(adjacency, self.weights[0](x)))
        against = self.normalise[1](torch.matmul(adjacency.transpose(1, 2), self.weights[1](x)))
        return (functional.mish(along) + functional.mish(against)) / 2


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.end = (Group(WIDTH) for _ in range(4))

    def forward(self, adjacency, mask, x, keys):
        products = torch.matmul(self.query(adjacency, x), self.key(adjacency, keys).transpose(1, 2))
        heeded = torch.matmul(torch.softmax(products * mask, -1), self.value(adjacency, x))
        return self.end(adjacency, x + heeded)


class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.third = Group(WORDS), Group(WIDTH), Group(WIDTH)
        self.nsam, self.efm = Attention(), Attention()
        self.spread, self.normalise = nn.Linear(3, V * WIDTH), Normalise()
        self.head = nn.Linear(V, 1)

    def forward(self, adjacency, mask, words, codes=None):
        x = self.second(adjacency, self.first(adjacency, words))
        x = self.third(adjacency, self.nsam(adjacency, mask, x, x))
        coarse = torch.sigmoid(self.head(x.mean(-1)))
        if codes is None:
            return coarse
        keys = functional.mish(self.normalise(self.spread(codes).view(-1, V, WIDTH)))
        return coarse, torch.sigmoid(self.head(self.efm(adjacency, mask, x, keys).mean(-1)))


def batch(size):
    words = functional.one_hot(torch.randint(WORDS, (size, V)), WORDS).float()
    return ADJACENCY.expand(size, V, V), MASK.expand(size, V, V), words


model = Siamese()
optimiser = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)


def step():
    labels = torch.rand(8, 1)
    coarse, fine = model(*batch(8), torch.randn(8, 3))
    loss = functional.huber_loss(coarse, labels, delta=0.5) + functional.huber_loss(fine, labels, delta=0.5)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


for _ in range(20):
    step()
start = time.process_time()
for _ in range(200):
    step()
fit = 12 * (time.process_time() - start)
model.eval()
with torch.no_grad():
    start = time.process_time()
    for _ in range(61):
        model(*batch(256))
    rank = time.process_time() - start
print(json.dumps({"version": torch.__version__, "fit": fit, "rank": rank}))
