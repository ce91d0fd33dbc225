"""Small convolutional networks: the search space of space.yaml, which is yours to change.

A stem, three stages of blocks, global average pooling, a classifier. When you change what is built here, change the
parameters and the costs in space.yaml too; `train.py --count` says what a network really costs.
"""

from torch import nn

EXAMPLE = (
    "width=16,depth1=1,depth2=2,depth3=1,block=inverted,kernel=3,expansion=2,attention=true,skip=true,activation=relu"
)
STAGES = 3
QUICK = {}  # Options that make a small network, for train.py --quick.


def add_options(parser):
    """The options of train.py that concern the network: none, the parameters of the space decide everything."""


def build(task, options, image_channels, classes):
    """The network of the architecture in a task, whose `parameters` holds those that are active, by name."""
    chosen = task.get("parameters") or parse(task["architecture"])
    missing = [name for name in parse(EXAMPLE) if name not in chosen and name != "expansion"]
    if missing:
        raise ValueError(f"the architecture says nothing of {', '.join(missing)}")
    activation = {"relu": nn.ReLU, "silu": nn.SiLU}[chosen["activation"]]
    width = chosen["width"]
    layers = [convolution(image_channels, width, 3), activation()]
    for stage in range(1, STAGES + 1):
        if stage > 1:
            layers += [convolution(width, 2 * width, 3, stride=2), activation()]
            width *= 2
        layers += [Block(width, chosen, activation) for _ in range(chosen[f"depth{stage}"])]
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes)]
    return nn.Sequential(*layers)


class Block(nn.Module):
    """Keeps resolution and channels."""

    def __init__(self, channels, chosen, activation):
        super().__init__()
        kernel = chosen["kernel"]
        if chosen["block"] == "convolution":
            layers = [convolution(channels, channels, kernel)]
        elif chosen["block"] == "separable":
            layers = [
                convolution(channels, channels, kernel, groups=channels),
                activation(),
                convolution(channels, channels, 1),
            ]
        else:
            inner = channels * chosen["expansion"]
            layers = [
                convolution(channels, inner, 1),
                activation(),
                convolution(inner, inner, kernel, groups=inner),
                activation(),
                convolution(inner, channels, 1),
            ]
        if chosen["attention"]:
            layers.append(Attention(channels))
        self.layers = nn.Sequential(*layers)
        self.has_skip = chosen["skip"]
        self.activation = activation()

    def forward(self, image):
        result = self.layers(image)
        return self.activation(result + image if self.has_skip else result)


class Attention(nn.Module):
    """Squeeze-and-excitation with a quarter of the channels."""

    def __init__(self, channels):
        super().__init__()
        hidden = channels // 4
        self.dense = nn.Sequential(nn.Linear(channels, hidden), nn.ReLU(), nn.Linear(hidden, channels), nn.Sigmoid())

    def forward(self, image):
        return image * self.dense(image.mean((2, 3)))[:, :, None, None]


def convolution(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    )


def parse(text):
    """The parameters in the text of an architecture, for trying one by hand."""
    values = {}
    for part in text.split(","):
        name, equals, value = part.partition("=")
        if not equals:
            raise ValueError(f'"{text}" is no architecture of this space, such as {EXAMPLE}')
        is_number = value.lstrip("-").isdigit()
        values[name.strip()] = int(value) if is_number else {"true": True, "false": False}.get(value, value)
    return values
