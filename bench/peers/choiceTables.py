"""Trains small networks of three spaces without a graph, and writes a table of each: python3 choiceTables.py <digits.csv.gz> <folder>

blocks.csv: 3^6 networks of six blocks, each of them nothing or one of two inverted bottlenecks. widths.csv: 7^4 networks of four convolutions,
each with its width. training.csv: 2,592 ways to train a perceptron. All on distorted handwritten digits, once each, about an hour of processor
time in all. bench/choices.ts searches the tables.
"""
import gzip
import itertools
import math
import os
import sys
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"
import numpy
import torch
from torch import nn

torch.set_num_threads(1)
lines = [line.split(",") for line in gzip.open(sys.argv[1], "rt") if line[0].isdigit()]
digits = numpy.array([[float(value) for value in line] for line in lines])
images, classes = digits[:, :64].reshape(-1, 8, 8) / 16, digits[:, 64].astype(int)
luck = numpy.random.default_rng(0)
order = luck.permutation(len(images))


def distort(rows, copies):
    found, labels = [], []
    for row in rows:
        for _ in range(copies):
            padded = numpy.pad(images[row], 2)
            down, right = luck.integers(0, 5, 2)
            shifted = padded[down : down + 8, right : right + 8]
            found.append(shifted * luck.uniform(0.5, 1) + luck.normal(0, 0.2, (8, 8)))
            labels.append(classes[row])
    found = numpy.array(found)
    found = (found - found.mean()) / found.std()
    return torch.tensor(found, dtype=torch.float32)[:, None], torch.tensor(labels)


training, validation, test = distort(order[:600], 2), distort(order[600:1000], 5), distort(order[1000:], 3)


class Bottleneck(nn.Module):
    def __init__(self, channels, wanted, kernel, expansion, stride):
        super().__init__()
        inner = channels * expansion
        self.steps = nn.Sequential(
            nn.Conv2d(channels, inner, 1, bias=False),
            nn.BatchNorm2d(inner),
            nn.ReLU(),
            nn.Conv2d(inner, inner, kernel, stride, kernel // 2, groups=inner, bias=False),
            nn.BatchNorm2d(inner),
            nn.ReLU(),
            nn.Conv2d(inner, wanted, 1, bias=False),
            nn.BatchNorm2d(wanted),
        )
        self.adds = stride == 1 and channels == wanted

    def forward(self, x):
        return self.steps(x) + x if self.adds else self.steps(x)


def convolution(channels, wanted, stride):
    return [nn.Conv2d(channels, wanted, 3, stride, 1, bias=False), nn.BatchNorm2d(wanted), nn.ReLU()]


def head(channels):
    return [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10)]


def blocks(choices):
    layers, channels = convolution(1, 8, 1), 8
    for place, block in enumerate(choices):
        stride = 2 if place in (2, 4) else 1
        wanted = {2: 12, 4: 16}.get(place, channels)
        if block == "small":
            layers.append(Bottleneck(channels, wanted, 3, 1, stride))
        elif block == "large":
            layers.append(Bottleneck(channels, wanted, 5, 3, stride))
        elif stride == 2:
            layers += [nn.AvgPool2d(2), nn.Conv2d(channels, wanted, 1, bias=False), nn.BatchNorm2d(wanted)]
        channels = wanted
    return nn.Sequential(*layers, *head(channels))


def widths(choices):
    layers, channels = [], 1
    for place, width in enumerate(choices):
        layers += convolution(channels, width, 2 if place in (1, 3) else 1)
        channels = width
    return nn.Sequential(*layers, *head(channels))


def perceptron(width, depth, activation, dropout):
    layers, inputs = [nn.Flatten()], 64
    for _ in range(depth):
        layers += [nn.Linear(inputs, width), nn.ReLU() if activation == "relu" else nn.Tanh(), nn.Dropout(dropout)]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, 10))


def train(network, epochs, rate=0.01, decay=1e-3, batch=100):
    inputs, labels = training
    steps = epochs * (len(inputs) // batch)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 0.5 * (1 + math.cos(math.pi * step / steps)))
    for _ in range(epochs):
        shuffled = torch.randperm(len(inputs))
        for start in range(0, len(inputs) // batch * batch, batch):
            rows = shuffled[start : start + batch]
            optimiser.zero_grad()
            nn.functional.cross_entropy(network(inputs[rows]), labels[rows]).backward()
            optimiser.step()
            schedule.step()
    network.eval()
    with torch.no_grad():
        return [100 * float((network(x).argmax(1) == y).float().mean()) for x, y in (validation, test)]


def multiplications(network):
    found = []

    def count(module, _, output):
        if isinstance(module, nn.Conv2d):
            found.append(output.shape[2] * output.shape[3] * module.weight.numel())
        elif isinstance(module, nn.Linear):
            found.append(module.weight.numel())

    hooks = [module.register_forward_hook(count) for module in network.modules()]
    network.eval()
    network(torch.zeros(2, 1, 8, 8))
    network.train()
    for hook in hooks:
        hook.remove()
    return sum(found)


RATES = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]
SPACES = {
    "blocks": {f"block{i + 1}": ["nothing", "small", "large"] for i in range(6)},
    "widths": {f"width{i + 1}": [4, 6, 8, 12, 16, 20, 24] for i in range(4)},
    "training": {
        "rate": RATES,
        "decay": [0, 0.01, 0.1],
        "batch": [25, 100, 300],
        "activation": ["relu", "tanh"],
        "width": [8, 16, 32, 64],
        "depth": [1, 2, 3],
        "dropout": [0, 0.3],
    },
}
for name, parameters in SPACES.items():
    with open(Path(sys.argv[2]) / f"{name}.csv", "w", buffering=1) as table:
        table.write(",".join([*parameters, "flops", "params", "valid_accuracy", "test_accuracy"]) + "\n")
        for number, choices in enumerate(itertools.product(*parameters.values())):
            torch.manual_seed(7 * number + 1)
            if name == "training":
                rate, decay, batch, activation, width, depth, dropout = choices
                network = perceptron(width, depth, activation, dropout)
                flops = multiplications(network)
                accuracies = train(network, 8, rate, decay, batch)
            else:
                network = blocks(choices) if name == "blocks" else widths(choices)
                flops = multiplications(network)
                accuracies = train(network, 6)
            params = sum(values.numel() for values in network.parameters())
            cells = [*choices, flops, params, *(f"{accuracy:.4f}" for accuracy in accuracies)]
            table.write(",".join(map(str, cells)) + "\n")
