"""Reference values of xgboost and scikit-learn for the tests of trees and ridge: python3 trees.py > trees.json

Made with xgboost 1.7.4 and scikit-learn 1.2.1 (Debian packages python3-xgboost and python3-sklearn).
"""
import json

import numpy
import sklearn
import xgboost
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeRegressor

random = numpy.random.RandomState(7)


def rows(count):
    """Three bits, two small whole numbers (one of them negative), one number with many values."""
    bits = random.randint(0, 2, (count, 3))
    levels = random.randint(0, 5, (count, 2)) - [0, 2]
    real = random.normal(0, 3, (count, 1)).round(2)
    return numpy.hstack([bits, levels, real]).astype(numpy.float32)


def values(features):
    noise = random.normal(0, 0.5, len(features))
    weights = numpy.array([2, -1, 0.5, 0.7, 0.4, 0.6])
    exact = 90 + features @ weights + features[:, 0] * features[:, 3] + noise
    # Multiples of 1/64 add up without rounding, so that splits that are equally good are found to be.
    return (exact * 64).round() / 64


train = rows(60)
labels = values(train)
test = rows(40)

boosted = []
for options in [
    {},
    {"baseScore": 0.5},
    {"baseScore": 0.5, "rounds": 25},
    {"rounds": 30, "depth": 2, "learningRate": 0.1},
    {"rounds": 10, "depth": 6, "lambda": 0, "minimumChildWeight": 3},
    {"rounds": 50, "depth": 5, "gamma": 2.5, "lambda": 3},
]:
    model = xgboost.XGBRegressor(
        tree_method="exact",
        n_jobs=1,
        n_estimators=options.get("rounds", 1000),
        max_depth=options.get("depth", 20),
        learning_rate=options.get("learningRate", 0.3),
        reg_lambda=options.get("lambda", 1),
        gamma=options.get("gamma", 0),
        min_child_weight=options.get("minimumChildWeight", 1),
        base_score=options.get("baseScore", float(labels.mean())),
    ).fit(train, labels)
    boosted.append({"options": options, "predictions": model.predict(test).astype(float).round(5).tolist()})

trees = []
for depth in [1, 2, 3]:
    model = DecisionTreeRegressor(max_depth=depth, random_state=0).fit(train, labels)
    trees.append({"depth": depth, "predictions": model.predict(test).round(9).tolist()})

forest = RandomForestRegressor(2000, max_depth=10, random_state=0).fit(train, labels)
members = numpy.array([tree.predict(test) for tree in forest.estimators_])

scaler = StandardScaler().fit(train.astype(float))
ridge = []
for penalty in [0.01, 1, 50]:
    model = Ridge(alpha=penalty, solver="cholesky").fit(scaler.transform(train.astype(float)), labels)
    ridge.append({"penalty": penalty, "predictions": model.predict(scaler.transform(test.astype(float))).round(9).tolist()})

print(
    json.dumps(
        {
            "xgboost": xgboost.__version__,
            "scikitLearn": sklearn.__version__,
            "columns": 6,
            "train": train.round(2).astype(float).round(2).ravel().tolist(),
            "labels": labels.tolist(),
            "test": test.astype(float).round(2).ravel().tolist(),
            "boosted": boosted,
            "trees": trees,
            "forest": {
                "mean": members.mean(axis=0).round(6).tolist(),
                "standardDeviation": members.std(axis=0).round(6).tolist(),
            },
            "ridge": ridge,
        }
    )
)
