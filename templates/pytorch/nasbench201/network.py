"""The network around a cell of NAS-Bench-201 (Dong and Yang, ICLR 2020).

A cell has four nodes. Node 0 is its input, node 3 its output; each node is the sum of its incoming edges, and an edge
applies one of five operations. Its text, such as

    |nor_conv_3x3~0|+|skip_connect~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|skip_connect~2|

lists the edges of nodes 1, 2 and 3, each with the node that it comes from.
"""

import torch
from torch import nn

EXAMPLE = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|"
NODES = 4
STAGES = 3
QUICK = {"channels": 4, "cells": 1}  # Options that make a small network, for train.py --quick.


def add_options(parser):
    """The options of train.py that concern the network. The defaults are the published network, whose FLOPs and params
    the search space states."""
    parser.add_argument("--channels", type=int, default=16, help="width of the first stage; doubles (%(default)s)")
    parser.add_argument("--cells", type=int, default=5, help="cells in each stage (%(default)s)")


def build(task, options, image_channels, classes):
    """The network of the architecture in a task."""
    edges = parse(task["architecture"])
    width = options.channels
    layers = [nn.Conv2d(image_channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)]
    for stage in range(STAGES):
        if stage > 0:
            layers.append(Reduction(width, 2 * width))
            width *= 2
        layers += [Cell(edges, width) for _ in range(options.cells)]
    layers += [nn.BatchNorm2d(width), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes)]
    return nn.Sequential(*layers)


def parse(text):
    """The edges of a cell as (from, to, operation)."""
    nodes = text.strip().split("+")
    if len(nodes) != NODES - 1:
        raise ValueError(f'"{text}" is no cell of NAS-Bench-201, such as {EXAMPLE}')
    edges = []
    for target, node in enumerate(nodes, start=1):
        for part in node.strip("|").split("|"):
            name, _, source = part.partition("~")
            if name not in OPERATIONS or not source.isdigit() or int(source) >= target:
                raise ValueError(f'"{part}" is no edge of a cell; operations: {", ".join(OPERATIONS)}')
            edges.append((int(source), target, name))
    return edges


class Cell(nn.Module):
    def __init__(self, edges, channels):
        super().__init__()
        self.edges = edges
        self.operations = nn.ModuleList(OPERATIONS[name](channels) for _, _, name in edges)

    def forward(self, image):
        nodes = [image] + [0] * (NODES - 1)
        for (source, target, _), operation in zip(self.edges, self.operations):
            nodes[target] = nodes[target] + operation(nodes[source])
        return nodes[-1]


class Zero(nn.Module):
    """The operation `none`: what comes behind it sees zeros."""

    def forward(self, image):
        return torch.zeros_like(image)


class Reduction(nn.Module):
    """The residual block between two stages: half the resolution, twice the channels."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.deep = nn.Sequential(convolution(inputs, outputs, 3, stride=2), convolution(outputs, outputs, 3))
        self.short = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(inputs, outputs, 1, bias=False))

    def forward(self, image):
        return self.deep(image) + self.short(image)


def convolution(inputs, outputs, kernel, stride=1):
    return nn.Sequential(
        nn.ReLU(),
        nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
    )


OPERATIONS = {
    "none": lambda channels: Zero(),
    "skip_connect": lambda channels: nn.Identity(),
    "nor_conv_1x1": lambda channels: convolution(channels, channels, 1),
    "nor_conv_3x3": lambda channels: convolution(channels, channels, 3),
    "avg_pool_3x3": lambda channels: nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False),
}
