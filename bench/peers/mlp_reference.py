"""Trains small networks with scikit-learn and prints their losses and predictions as JSON, for the test of the mlp predictor.

    python3 bench/peers/mlp_reference.py > src/predictor/mlpReference.json
"""

import json
import warnings

import numpy
import sklearn
from sklearn.neural_network import MLPRegressor

warnings.filterwarnings("ignore")


class Recorded(MLPRegressor):
    """Keeps the weights that training starts from, rounded so that 32-bit floats hold them exactly."""

    def _init_coef(self, fan_in, fan_out, dtype):
        weights, biases = super()._init_coef(fan_in, fan_out, dtype)
        weights, biases = numpy.round(weights * 1024) / 1024, numpy.round(biases * 1024) / 1024
        if not hasattr(self, "start"):
            self.start = []
        self.start.append(numpy.vstack([weights, biases]).ravel().tolist())
        return weights, biases


def case(name, samples, columns, hidden, seed, **options):
    random = numpy.random.RandomState(seed)
    features = random.randint(0, 3, (samples, columns)) / 2.0
    targets = numpy.round(numpy.sin(features @ numpy.arange(1, columns + 1)) * 64) / 64
    model = Recorded(hidden_layer_sizes=hidden, shuffle=False, random_state=seed, **options)
    model.fit(features, targets)
    return {
        "name": name,
        "sizes": [columns, *hidden, 1],
        "options": {
            "learningRate": model.learning_rate_init,
            "batch": model.batch_size,
            "epochs": model.max_iter,
            "l2": model.alpha,
            "tolerance": model.tol,
            "patience": model.n_iter_no_change,
        },
        "features": features.ravel().tolist(),
        "targets": targets.tolist(),
        "layers": model.start,
        "losses": [round(loss, 9) for loss in model.loss_curve_],
        "predictions": [round(value, 7) for value in model.predict(features)],
    }


CASES = [
    case("one batch", 12, 3, (5,), 1, batch_size=12, max_iter=40, alpha=0.01, learning_rate_init=0.01),
    case("uneven batches, three layers", 23, 5, (9, 6, 4), 2, batch_size=10, max_iter=25, alpha=0.1),
    case(
        "early stop",
        20,
        4,
        (7, 7),
        3,
        batch_size=20,
        max_iter=300,
        tol=0.002,
        n_iter_no_change=4,
        alpha=0.0001,
        learning_rate_init=0.02,
    ),
]
print(json.dumps({"source": f"scikit-learn {sklearn.__version__}", "cases": CASES}))
