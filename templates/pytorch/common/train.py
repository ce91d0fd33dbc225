"""Trains one architecture and prints what came out: the evaluation of a search with Assay.

Assay gives the task as JSON in the file that ASSAY_TASK names, and on standard input; `architecture`, `parameters`,
`seed`, `trial` and, for short trainings, `epochs` are what is read here. Standard output gets one JSON object per line:

    {"epoch": 1, "train_loss": 2.1, "accuracy": 31.2}      after each epoch
    {"accuracy": 93.1, "test": 92.8, "params": 1073466}    at the end

Accuracies are in percent. `accuracy` is measured on validation images and is what the search maximises; `test` is only
reported. Everything else, such as messages, belongs on standard error. To try it by hand:

    python3 train.py --quick --architecture example
"""

import argparse
import json
import math
import os
import sys
from pathlib import Path

try:
    import torch
except ImportError:
    sys.exit(f"error: {sys.executable} has no PyTorch. See https://pytorch.org, or use a Python that has it.")

from torch import nn
from torch.nn.functional import cross_entropy, pad

import data
import network


# --quick: a small training of a small network on small made-up images, to see in a minute that everything works.
QUICK = {"data": "generated", "image_size": 16, "epochs": 4, "batch_size": 32, "threads": 1, **network.QUICK}

MEASURED = 256  # Images at a time where nothing is learnt.


def read_options(words=None):
    parser = argparse.ArgumentParser(description="Train one architecture.", allow_abbrev=False)
    parser.add_argument("--architecture", help='train this one by hand, without a task; "example" is one of them')
    parser.add_argument("--quick", action="store_true", help="made-up images and a small network, to try things")
    parser.add_argument("--seed", type=int, default=0, help="with --architecture: decides all that is random (0)")
    parser.add_argument("--count", action="store_true", help="print params and flops of the network, and stop")
    parser.add_argument("--epochs", type=int, default=12, help="length of the training (%(default)s)")
    parser.add_argument("--batch-size", type=int, default=256, help="images in each step (%(default)s)")
    parser.add_argument("--lr", type=float, default=0.1, help="learning rate at first; falls along a cosine (0.1)")
    parser.add_argument("--weight-decay", type=float, default=5e-4, help="(%(default)s)")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, mps (%(default)s)")
    parser.add_argument("--threads", type=int, help="processor threads of this training")
    parser.add_argument("--checkpoints", type=Path, help="folder; a training that was cut off goes on where it was")
    data.add_options(parser)
    network.add_options(parser)
    if parser.parse_args(words).quick:
        parser.set_defaults(**QUICK)
    return parser.parse_args(words)


def read_task(options):
    if options.architecture is not None:
        text = network.EXAMPLE if options.architecture == "example" else options.architecture
        return {"architecture": text, "seed": options.seed, "trial": 0}
    if "ASSAY_TASK" in os.environ:
        text = Path(os.environ["ASSAY_TASK"]).read_text(encoding="utf-8")
    else:
        text = "" if sys.stdin.isatty() else sys.stdin.read()
    if text.strip() == "":
        raise ValueError("there is no task. By hand: python3 train.py --quick --architecture example")
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError(f"the task is no JSON: {error}") from None


def choose_device(name, trial):
    """Where there are several GPUs, trials that run at the same time get different ones."""
    if name != "auto":
        return torch.device(name)
    if torch.cuda.is_available():
        # A number from 0 that no other process of the search has at the same time.
        slot = int(os.environ.get("ASSAY_SLOT", trial))
        return torch.device("cuda", slot % torch.cuda.device_count())
    mps = getattr(torch.backends, "mps", None)
    return torch.device("mps" if mps is not None and mps.is_available() else "cpu")


def count_costs(model, image_shape):
    """Params, and FLOPs (multiply-accumulates of one image) of convolutions and dense layers, counted as Assay does."""
    flops = 0

    def count(layer, _inputs, output):
        nonlocal flops
        flops += layer.weight.numel() * math.prod(output.shape[2:])
        if isinstance(layer, nn.Linear):
            flops += layer.bias.numel()

    layers = [layer for layer in model.modules() if isinstance(layer, (nn.Conv2d, nn.Linear))]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    model.eval()
    with torch.no_grad():
        model(torch.zeros(1, *image_shape))
    for hook in hooks:
        hook.remove()
    return {"params": sum(weights.numel() for weights in model.parameters()), "flops": flops}


def augment(images, random):
    """Random crops of images with a margin of an eighth, and mirrored halves of the batch."""
    count, _, height, width = images.shape
    margin = height // 8
    padded = pad(images, (margin,) * 4)
    tops = torch.randint(0, 2 * margin + 1, (count,), generator=random).to(images.device)
    lefts = torch.randint(0, 2 * margin + 1, (count,), generator=random).to(images.device)
    mirrored = (torch.rand(count, generator=random) < 0.5).to(images.device)
    rows = tops[:, None] + torch.arange(height, device=images.device)
    columns = torch.arange(width, device=images.device).expand(count, -1)
    columns = lefts[:, None] + torch.where(mirrored[:, None], width - 1 - columns, columns)
    batch = torch.arange(count, device=images.device)
    # The index of the channels stands between the others, so the result has them last.
    return padded[batch[:, None, None], :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


class Normalise:
    """Bytes to numbers of mean 0 and deviation 1, by channel, as the training images have them."""

    def __init__(self, images):
        sample = images[:: max(1, len(images) // 5000)].float()
        self.mean = sample.mean((0, 2, 3), keepdim=True)
        self.deviation = sample.std((0, 2, 3), keepdim=True) + 1e-3

    def __call__(self, images):
        return (images.float() - self.mean.to(images.device)) / self.deviation.to(images.device)


def measure(model, part, normalise):
    """Accuracy in percent."""
    model.eval()
    correct = 0
    with torch.no_grad():
        for images, labels in zip(part.images.split(MEASURED), part.labels.split(MEASURED)):
            correct += (model(normalise(images)).argmax(1) == labels).sum().item()
    return round(100 * correct / len(part), 4)


def train_epoch(model, part, normalise, optimiser, random, device, batch_size):
    """One pass over the images in random order. Gives the mean loss."""
    model.train()
    total = torch.zeros((), device=device)
    order = torch.randperm(len(part), generator=random)
    for rows in order.split(batch_size):
        if len(rows) < 2:
            continue  # Normalisation needs more than one image.
        rows = rows.to(device)
        images = augment(normalise(part.images[rows]), random)
        loss = cross_entropy(model(images), part.labels[rows])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        total += loss.detach() * len(rows)
    return total.item() / len(part)


class Checkpoint:
    """The state of a training in a file, written after each epoch. It is used again only for the very same training."""

    def __init__(self, folder, task, options):
        settings = {name: str(value) for name, value in vars(options).items() if name != "checkpoints"}
        self.training = json.dumps([task["architecture"], task["seed"], settings], sort_keys=True)
        self.path = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self.path = folder / f"{task.get('study') or 'search'}-{task['trial']}.pt"

    def load(self):
        if self.path is None or not self.path.is_file():
            return None
        try:
            state = torch.load(self.path, map_location="cpu")
        except Exception as error:  # A damaged file means no more than starting again.
            say(f"{self.path} cannot be read ({error}); starting again")
            return None
        return state if state["training"] == self.training else None

    def save(self, **state):
        if self.path is None:
            return
        # Renamed when complete, so that a process that is killed leaves the old file or the new one.
        partial = self.path.with_suffix(f".{os.getpid()}.partial")
        torch.save({"training": self.training, **state}, partial)
        os.replace(partial, self.path)

    def remove(self):
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def train(task, options):
    torch.manual_seed(task["seed"])
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    images = data.load(options)
    image_shape = images.train.images.shape[1:]
    model = network.build(task, options, image_shape[0], images.classes)
    costs = count_costs(model, image_shape)
    if not options.quick:
        check_costs(costs, task)
    device = choose_device(options.device, task["trial"])
    normalise = Normalise(images.train.images)
    # Bytes, and so small enough to lie beside the network from beginning to end.
    images = images.to(device)
    model.to(device)
    optimiser = torch.optim.SGD(
        model.parameters(), lr=options.lr, momentum=0.9, nesterov=True, weight_decay=options.weight_decay
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, options.epochs)
    random = torch.Generator().manual_seed(task["seed"])

    done, reports = 0, []
    checkpoint = Checkpoint(options.checkpoints, task, options)
    state = checkpoint.load()
    if state is not None:
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        random.set_state(state["random"])
        done, reports = state["done"], state["reports"]
        say(f"going on after epoch {done}")
        for report in reports:
            answer(report)

    # A task may want the first epochs only, of a training that is planned to be as long as any other.
    last = min(options.epochs, task.get("epochs") or options.epochs)
    for epoch in range(done + 1, last + 1):
        loss = train_epoch(model, images.train, normalise, optimiser, random, device, options.batch_size)
        schedule.step()
        if not math.isfinite(loss):
            raise ValueError(f"the loss is {loss} in epoch {epoch}: the training has diverged. A lower --lr may help.")
        accuracy = measure(model, images.valid, normalise)
        reports.append({"epoch": epoch, "train_loss": round(loss, 6), "accuracy": accuracy})
        answer(reports[-1])
        checkpoint.save(
            model=model.state_dict(),
            optimiser=optimiser.state_dict(),
            schedule=schedule.state_dict(),
            random=random.get_state(),
            done=epoch,
            reports=reports,
        )
    test = measure(model, images.test, normalise)
    answer({"accuracy": reports[-1]["accuracy"], "test": test, **costs})
    checkpoint.remove()


def check_costs(costs, task):
    """A space that states other costs than the network has would search under the wrong limits."""
    for name, stated in (task.get("cost") or {}).items():
        if name in costs and costs[name] != stated:
            say(f"note: the network has {costs[name]} {name}, space.yaml states {stated:.0f} for this architecture")


def answer(values):
    print(json.dumps(values), flush=True)


def say(text):
    print(text, file=sys.stderr, flush=True)


def main(words=None):
    options = read_options(words)
    if options.epochs < 1 or options.batch_size < 2:
        raise ValueError("--epochs must be 1 or more and --batch-size 2 or more")
    if options.download:
        say(f"CIFAR-10 is in {data.download(options.cache)}")
        return
    task = read_task(options)
    if options.count:
        size = 32 if options.data == "cifar10" else options.image_size
        answer(count_costs(network.build(task, options, 3, 10), (3, size, size)))
        return
    train(task, options)


if __name__ == "__main__":
    try:
        main()
    except (ValueError, OSError, KeyError, ImportError, RuntimeError) as error:
        # One sentence for the log of the trial; ASSAY_TRACE=1 shows where it came from.
        if os.environ.get("ASSAY_TRACE"):
            raise
        name = "" if isinstance(error, (ValueError, OSError, ImportError)) else f"{type(error).__name__}: "
        sys.exit(f"error: {name}{error}")
