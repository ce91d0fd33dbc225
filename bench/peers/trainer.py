"""Times training steps of NAS-Bench-201 networks in PyTorch for bench/trainer.ts: python3 trainer.py <folder>

Reads folder/tasks.json and prints one JSON object: the version, and for each cell and number of threads the median milliseconds of a
step and the number of parameters. Edges that nothing reaches, or that lead nowhere, are not built, as in Assay.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import torch
from torch import nn

given = json.loads((Path(sys.argv[1]) / "tasks.json").read_text())


def rectified(inputs, outputs, window, stride=1):
    return nn.Sequential(
        nn.ReLU(),
        nn.Conv2d(inputs, outputs, window, stride, window // 2, bias=False),
        nn.BatchNorm2d(outputs),
    )


def operation(name, channels):
    if name == "nor_conv_3x3":
        return rectified(channels, channels, 3)
    if name == "nor_conv_1x1":
        return rectified(channels, channels, 1)
    if name == "avg_pool_3x3":
        return nn.AvgPool2d(3, 1, 1, count_include_pad=False)
    return nn.Identity()


class Cell(nn.Module):
    def __init__(self, text, channels):
        super().__init__()
        edges = []
        for target, node in enumerate(text.split("+"), start=1):
            for edge in node.strip("|").split("|"):
                name, source = edge.split("~")
                if name != "none":
                    edges.append((int(source), target, name))
        reached, useful = {0}, {3}
        for source, target, _ in edges:
            if source in reached:
                reached.add(target)
        for source, target, _ in reversed(edges):
            if target in useful:
                useful.add(source)
        self.edges = [edge for edge in edges if edge[0] in reached and edge[1] in useful]
        self.operations = nn.ModuleList(operation(name, channels) for _, _, name in self.edges)

    def forward(self, image):
        nodes = {0: image}
        for (source, target, _), layer in zip(self.edges, self.operations):
            given = layer(nodes[source])
            nodes[target] = nodes[target] + given if target in nodes else given
        return nodes[3]


class Reduction(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.deep = nn.Sequential(rectified(inputs, outputs, 3, 2), rectified(outputs, outputs, 3))
        self.short = nn.Sequential(nn.AvgPool2d(2, 2), nn.Conv2d(inputs, outputs, 1, bias=False))

    def forward(self, image):
        return self.deep(image) + self.short(image)


def network(text):
    width = given["channels"]
    layers = [nn.Conv2d(1, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)]
    for stage in range(given["stages"]):
        if stage > 0:
            layers.append(Reduction(width, 2 * width))
            width *= 2
        layers += [Cell(text, width) for _ in range(given["cellsPerStage"])]
    layers += [nn.BatchNorm2d(width), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 10)]
    return nn.Sequential(*layers)


def measure(text, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = network(text)
    images = torch.randn(given["batch"], 1, 8, 8)
    labels = torch.randint(10, (given["batch"],))
    optimiser = torch.optim.SGD(model.parameters(), given["rate"], 0.9, weight_decay=5e-4, nesterov=True)
    loss_of = nn.CrossEntropyLoss()
    times = []
    begin = time.perf_counter()
    for repeat in range(given["repeats"] + 1):
        # Threads that wait for each other take minutes on a machine that is busy with other work.
        if times and time.perf_counter() - begin > given["secondsLimit"]:
            break
        start = time.perf_counter()
        for _ in range(given["steps"]):
            optimiser.zero_grad()
            loss_of(model(images), labels).backward()
            optimiser.step()
        if repeat > 0:
            times.append(1000 * (time.perf_counter() - start) / given["steps"])
    return {
        "milliseconds": statistics.median(times),
        "params": sum(parameter.numel() for parameter in model.parameters()),
    }


results = []
for cell, text in given["cells"]:
    for threads in [1, 2]:
        results.append({"cell": cell, "threads": threads, **measure(text, threads)})
        print(results[-1], file=sys.stderr, flush=True)

print(json.dumps({"version": torch.__version__, "results": results}))
