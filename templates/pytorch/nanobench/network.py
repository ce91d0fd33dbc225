"""The network around a cell of Tiny-NanoBench (Siamese-NAS), as Assay re-creates it; docs/spaces.md of Assay says how.

The text of a cell, such as

    split~0|dwconv3x3~1|conv1x1~1|output~2,3

lists its nodes from 1 on, each with the nodes that it reads. Node 0 is the input of the cell. A node that reads several
concatenates their channels; each of the two readers of a `split` gets one half of its channels.
"""

import torch
from torch import nn

EXAMPLE = "split~0|dwconv3x3~1|conv1x1~1|output~2,3"
QUICK = {"channels": 16, "cells": 1}  # Options that make a small network, for train.py --quick.


def add_options(parser):
    """The options of train.py that concern the network; they must say what space.yaml says, where FLOPs and params are
    to agree."""
    parser.add_argument("--channels", type=int, default=128, help="width of the first stage; doubles (%(default)s)")
    parser.add_argument("--cells", type=int, default=3, help="cells in each stage (%(default)s)")
    parser.add_argument("--stages", type=int, default=3, help="stages, with average pooling between (%(default)s)")


def build(task, options, image_channels, classes):
    """The network of the architecture in a task."""
    nodes = parse(task["architecture"])
    inputs = width = options.channels
    layers = [convolution(image_channels, width, 3), nn.ReLU()]
    for stage in range(options.stages):
        if stage > 0:
            layers.append(nn.AvgPool2d(2))
            width *= 2
        for _ in range(options.cells):
            layers.append(Cell(nodes, inputs, width))
            inputs = width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes)]
    return nn.Sequential(*layers)


def parse(text):
    """The nodes of a cell from 1 on, as (operation, nodes that it reads)."""
    nodes = []
    for part in text.strip().split("|"):
        name, _, sources = part.partition("~")
        if name not in OPERATIONS or not all(source.isdigit() for source in sources.split(",")):
            raise ValueError(f'"{part}" is no node of a cell such as {EXAMPLE}; operations: {", ".join(OPERATIONS)}')
        reads = [int(source) for source in sources.split(",")]
        if max(reads) > len(nodes):
            raise ValueError(f'"{part}" reads a node that comes later')
        nodes.append((name, reads))
    if nodes[-1][0] != "output":
        raise ValueError(f'"{text}" does not end with an output, as {EXAMPLE} does')
    return nodes


class Cell(nn.Module):
    def __init__(self, nodes, inputs, outputs):
        super().__init__()
        self.is_residual = inputs == outputs
        # What each node reads: (node, which half of a split or None).
        self.reads = []
        self.operations = nn.ModuleList()
        widths = [inputs]
        halves_taken = {}
        for name, sources in nodes:
            reads = []
            for source in sources:
                half = None
                if source > 0 and nodes[source - 1][0] == "split":
                    half = halves_taken.get(source, 0)
                    halves_taken[source] = half + 1
                reads.append((source, half))
            width = sum(widths[source] if half is None else half_of(widths[source]) for source, half in reads)
            operation, width = OPERATIONS[name](width, outputs)
            self.reads.append(reads)
            self.operations.append(operation)
            widths.append(width)

    def forward(self, image):
        results = [image]
        for reads, operation in zip(self.reads, self.operations):
            parts = [take(results[source], half) for source, half in reads]
            results.append(operation(parts[0] if len(parts) == 1 else torch.cat(parts, 1)))
        return results[-1] + image if self.is_residual else results[-1]


def half_of(channels):
    """Halves of an odd number share the channel in the middle, so that both are alike."""
    return (channels + 1) // 2


def take(image, half):
    if half is None:
        return image
    count = half_of(image.shape[1])
    return image[:, :count] if half == 0 else image[:, -count:]


def convolution(inputs, outputs, kernel, groups=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)
    )


def depthwise(channels):
    return nn.Sequential(convolution(channels, channels, 3, groups=channels), nn.ReLU())


class Attention(nn.Module):
    """Squeeze-and-excitation with a quarter of the channels."""

    def __init__(self, channels):
        super().__init__()
        hidden = -(-channels // 4)
        self.dense = nn.Sequential(nn.Linear(channels, hidden), nn.ReLU(), nn.Linear(hidden, channels), nn.Sigmoid())

    def forward(self, image):
        return image * self.dense(image.mean((2, 3)))[:, :, None, None]


class Expand(nn.Module):
    """Three residual depthwise convolutions side by side."""

    def __init__(self, channels):
        super().__init__()
        self.branches = nn.ModuleList(depthwise(channels) for _ in range(3))

    def forward(self, image):
        return torch.cat([image + branch(image) for branch in self.branches], 1)


def project(width, outputs):
    """The output of a cell: back to its width, where that differs."""
    return nn.Identity() if width == outputs else convolution(width, outputs, 1)


# Each gives the module for so many channels in a cell that gives `outputs`, and the channels of its result.
OPERATIONS = {
    "dwconv3x3": lambda width, outputs: (depthwise(width), width),
    "conv1x1": lambda width, outputs: (nn.Sequential(convolution(width, width, 1), nn.ReLU()), width),
    "atten": lambda width, outputs: (Attention(width), width),
    "expand": lambda width, outputs: (Expand(width), 3 * width),
    "split": lambda width, outputs: (nn.Identity(), width),
    "none": lambda width, outputs: (nn.Identity(), width),
    "output": lambda width, outputs: (project(width, outputs), outputs),
}
