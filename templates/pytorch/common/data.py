"""The images: made up, CIFAR-10, or folders of your own.

`load` gives three parts: networks learn from `train`, the search compares their accuracies on `valid`, and nobody looks
at `test` before the end. The parts are the same in every trial: they do not depend on its seed.
"""

import hashlib
import math
import os
import shutil
import tarfile
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn.functional import interpolate

HERE = Path(__file__).resolve().parent
CIFAR_URL = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
CIFAR_SHA256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
CIFAR_FOLDER = "cifar-10-batches-bin"
CIFAR_TRAINING = [f"data_batch_{number}.bin" for number in range(1, 6)]
CIFAR_TEST = "test_batch.bin"
SUFFIXES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".ppm", ".pgm"}


@dataclass
class Part:
    images: torch.Tensor  # bytes: images, channels, height, width
    labels: torch.Tensor

    def __len__(self):
        return len(self.labels)

    def subset(self, rows):
        return Part(self.images[rows], self.labels[rows])

    def to(self, device):
        return Part(self.images.to(device), self.labels.to(device))


@dataclass
class Data:
    train: Part
    valid: Part
    test: Part
    classes: int

    def to(self, device):
        return Data(self.train.to(device), self.valid.to(device), self.test.to(device), self.classes)


def add_options(parser):
    parser.add_argument(
        "--data",
        default="cifar10",
        help="cifar10, generated (made up in a second, to try things) or a folder: FOLDER/CLASS/IMAGE, or "
        "FOLDER/train/CLASS/IMAGE with FOLDER/test beside it (%(default)s)",
    )
    parser.add_argument("--cache", type=Path, default=HERE / "data", help="where CIFAR-10 lies (data/ beside train.py)")
    parser.add_argument("--download", action="store_true", help="download CIFAR-10 (170 MB) to --cache, and stop")
    parser.add_argument("--images", type=int, help="train on so many images only: faster, and less exact")
    parser.add_argument("--image-size", type=int, default=32, help="pixels, but for CIFAR-10 (%(default)s)")
    parser.add_argument("--workers", type=int, default=4, help="threads that read a folder (%(default)s)")


def load(options):
    if options.data == "generated":
        data = generated(options.image_size)
    elif options.data == "cifar10":
        data = cifar10(options.cache)
    else:
        data = folder(Path(options.data), options.image_size, options.workers)
    if options.images is not None and options.images < len(data.train):
        data.train = data.train.subset(shuffled(len(data.train))[: options.images])
    return data


def shuffled(count):
    """Always the same order for so many."""
    return torch.randperm(count, generator=torch.Generator().manual_seed(count))


def split(part, share):
    """Cuts a share off, drawn once for all trials: (the rest, the share)."""
    order = shuffled(len(part))
    count = max(1, int(len(part) * share))
    return part.subset(order[count:]), part.subset(order[:count])


def generated(size, count=1024, classes=10):
    """A pattern of coarse squares for each class, shifted and under noise. Good networks tell most of them apart."""
    random = torch.Generator().manual_seed(1)
    patterns = interpolate(torch.randn(classes, 3, 4, 4, generator=random), size=(size, size))
    labels = torch.arange(count) % classes
    images = torch.empty(count, 3, size, size, dtype=torch.uint8)
    for row, label in enumerate(labels.tolist()):
        down, right = torch.randint(-size // 8, size // 8 + 1, (2,), generator=random).tolist()
        image = torch.roll(patterns[label], (down, right), (1, 2)) + 2 * torch.randn(3, size, size, generator=random)
        images[row] = (128 + 30 * image).clamp(0, 255).to(torch.uint8)
    rest, test = split(Part(images, labels), 0.25)
    train, valid = split(rest, 1 / 3)
    return Data(train, valid, test, classes)


def cifar10(cache):
    """The binary version: 5,000 of the 50,000 training images are for validation."""
    found = next((path for path in (cache / CIFAR_FOLDER, cache) if (path / CIFAR_TEST).is_file()), None)
    if found is None:
        raise FileNotFoundError(
            f"CIFAR-10 is not in {cache}: run `python3 train.py --download` once (170 MB), or unpack "
            "cifar-10-binary.tar.gz there. To try things without it: --data generated."
        )
    train, valid = split(read_cifar([found / name for name in CIFAR_TRAINING]), 0.1)
    return Data(train, valid, read_cifar([found / CIFAR_TEST]), 10)


def read_cifar(paths):
    """Each image is one byte of label and 3 x 32 x 32 bytes of colour."""
    content = bytearray(b"".join(path.read_bytes() for path in paths))
    rows = torch.frombuffer(content, dtype=torch.uint8).reshape(-1, 1 + 3 * 32 * 32)
    return Part(rows[:, 1:].reshape(-1, 3, 32, 32), rows[:, 0].long())


def download(cache):
    """Fetches CIFAR-10, checks it and puts it in place in one step, so that two of these do not harm each other."""
    target = cache / CIFAR_FOLDER
    if (target / CIFAR_TEST).is_file():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        archive = Path(work) / "archive.tar.gz"
        with urllib.request.urlopen(CIFAR_URL) as source, archive.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        if hashlib.sha256(archive.read_bytes()).hexdigest() != CIFAR_SHA256:
            raise ValueError(f"what {CIFAR_URL} gave is not CIFAR-10: its SHA-256 is another. Try again later.")
        unpacked = Path(work) / CIFAR_FOLDER
        unpacked.mkdir()
        with tarfile.open(archive) as content:
            # Only the files that are expected, whatever paths the archive names.
            for name in [*CIFAR_TRAINING, CIFAR_TEST]:
                with content.extractfile(f"{CIFAR_FOLDER}/{name}") as source, (unpacked / name).open("wb") as copy:
                    shutil.copyfileobj(source, copy)
        try:
            os.rename(unpacked, target)
        except OSError:
            # Another one was faster.
            if not (target / CIFAR_TEST).is_file():
                raise
    return target


def folder(root, size, workers):
    """One subfolder for each class. Without `test` and `valid` beside `train`, a tenth each is cut off."""
    if not root.is_dir():
        raise FileNotFoundError(f"there is no folder {root}; --data takes cifar10, generated or a folder")
    training = root / "train" if (root / "train").is_dir() else root
    names = sorted(path.name for path in training.iterdir() if path.is_dir() and not path.name.startswith("."))
    if len(names) < 2:
        raise ValueError(f"{training} needs a subfolder for each class, two at least")
    train = read_folder(training, names, size, workers)
    parts = {}
    for name in ("test", "valid"):
        if training != root and (root / name).is_dir():
            parts[name] = read_folder(root / name, names, size, workers)
        else:
            train, parts[name] = split(train, 0.1)
    return Data(train, parts["valid"], parts["test"], len(names))


def read_folder(root, names, size, workers):
    files = [
        (path, label)
        for label, name in enumerate(names)
        for path in sorted((root / name).rglob("*"))
        if path.suffix.lower() in SUFFIXES
    ]
    if len(files) < 10:
        raise ValueError(f"{root} holds {len(files)} images ({', '.join(sorted(SUFFIXES))}); 10 are the least")
    with ThreadPoolExecutor(workers) as pool:
        images = list(pool.map(lambda file: read_image(file[0], size), files))
    return Part(torch.stack(images), torch.tensor([label for _, label in files]))


def read_image(path, size):
    """One image in colour, cut to a square in its middle and brought to one size."""
    is_plain = path.suffix.lower() in {".ppm", ".pgm"}
    pixels = read_netpbm(path) if is_plain else read_with_pillow(path)
    side = min(pixels.shape[1:])
    top, left = (pixels.shape[1] - side) // 2, (pixels.shape[2] - side) // 2
    square = pixels[None, :, top : top + side, left : left + side].float()
    if side != size:
        square = interpolate(square, size=(size, size), mode="bilinear", antialias=side > size, align_corners=False)
    return square[0].round().clamp(0, 255).to(torch.uint8)


def read_with_pillow(path):
    try:
        from PIL import Image
    except ImportError:
        raise ImportError(f"reading {path.name} needs Pillow (python3 -m pip install pillow); .ppm and .pgm do not")
    with Image.open(path) as image:
        colours = image.convert("RGB")
    content = torch.frombuffer(bytearray(colours.tobytes()), dtype=torch.uint8)
    return content.reshape(colours.height, colours.width, 3).permute(2, 0, 1)


def read_netpbm(path):
    """Binary PPM (P6) and PGM (P5), without Pillow."""
    content = path.read_bytes()
    fields, place = [], 0
    while len(fields) < 4:
        line_end = content.index(b"\n", place) if content[place : place + 1] == b"#" else None
        if line_end is not None:
            place = line_end + 1
            continue
        start = place
        while place < len(content) and not content[place : place + 1].isspace():
            place += 1
        if place > start:
            fields.append(content[start:place])
        place += 1
        if place > len(content):
            raise ValueError(f"{path} is no whole image")
    kind, width, height, most = fields
    channels = {b"P5": 1, b"P6": 3}.get(kind, 0)
    count = math.prod((channels, int(width), int(height)))
    if channels == 0 or int(most) != 255 or len(content) - place < count:
        raise ValueError(f"{path} is no binary PPM or PGM image of 8 bits")
    pixels = torch.frombuffer(bytearray(content[place : place + count]), dtype=torch.uint8)
    pixels = pixels.reshape(int(height), int(width), channels).permute(2, 0, 1)
    return pixels.expand(3, -1, -1)
