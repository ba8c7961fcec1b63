"""What scikit-learn makes of the rows of scikit-learn.csv: the values that SchemaValuesTests compares with.

    python3 tests/NetGen.Data.Tests/Schemas/scikit-learn.py

writes scikit-learn.csv and scikit-learn.json beside this file (Debian: python3-sklearn, python3-pandas).
"""
import json
import pathlib

import numpy as np
import pandas as pd
import sklearn
from sklearn.feature_extraction import FeatureHasher
from sklearn.impute import SimpleImputer, MissingIndicator
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (FunctionTransformer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler,
                                   StandardScaler)

folder = pathlib.Path(__file__).parent
random = np.random.default_rng(7)
n = 200
rows = pd.DataFrame({
    "age": random.integers(17, 91, n),
    "gain": np.where(random.random(n) < 0.7, 0, np.exp(random.normal(6, 2, n)).round(2)),
    "tiny": random.normal(0, 1e-9, n),
    "far": random.normal(1e6, 3, n),
    "same": np.full(n, 0.1),
    "gaps": np.where(random.random(n) < 0.15, np.nan, random.normal(3, 2, n).round(1)),
    "work": random.choice(["Private", "gov", "Self-emp", "Zoo", "écrivain"], n, p=[0.6, 0.2, 0.12, 0.05, 0.03]),
    "level": random.choice(["low", "mid", "high"], n),
})
rows.to_csv(folder / "scikit-learn.csv", index=False, na_rep="?", encoding="utf-8", float_format="%.17g", lineterminator="\n")
# From the file, as the test has them.
rows = pd.read_csv(folder / "scikit-learn.csv", na_values="?", float_precision="round_trip")
train, test = rows[:150], rows[150:]


def transformed(step, column):
    def values(part):
        return part[[column]].to_numpy()
    step.fit(values(train))
    out = step.transform(values(test))
    return np.asarray(out.todense() if hasattr(out, "todense") else out, dtype=float).tolist()


def clip(low, high):
    def quantiles(x):
        return np.clip(x, *np.quantile(train["gain"], [low, high]))
    return FunctionTransformer(quantiles)


hasher = FeatureHasher(n_features=7, input_type="string", alternate_sign=False)
values = {
    "standardize age": transformed(StandardScaler(), "age"),
    "standardize tiny": transformed(StandardScaler(), "tiny"),
    "standardize far": transformed(StandardScaler(), "far"),
    "standardize same": transformed(StandardScaler(), "same"),
    "min-max age": transformed(MinMaxScaler(), "age"),
    "min-max age -1 1": transformed(MinMaxScaler((-1, 1)), "age"),
    "min-max same": transformed(MinMaxScaler(), "same"),
    "robust gain": transformed(RobustScaler(), "gain"),
    "robust age 10 90": transformed(RobustScaler(quantile_range=(10, 90)), "age"),
    "log1p tiny": transformed(FunctionTransformer(np.log1p), "tiny"),
    "log1p standardize gain": transformed(make_pipeline(FunctionTransformer(np.log1p), StandardScaler()), "gain"),
    "log age": transformed(FunctionTransformer(np.log), "age"),
    "clip gain": transformed(clip(0.05, 0.95), "gain"),
    "mean gaps": transformed(SimpleImputer(strategy="mean"), "gaps"),
    "median gaps": transformed(SimpleImputer(strategy="median"), "gaps"),
    "most frequent gaps": transformed(SimpleImputer(strategy="most_frequent"), "gaps"),
    "median standardize gaps": transformed(make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), "gaps"),
    "indicator gaps": transformed(MissingIndicator(), "gaps"),
    "one-hot work": transformed(OneHotEncoder(), "work"),
    "one-hot work at least 10": transformed(OneHotEncoder(min_frequency=10), "work"),
    # There the rare ones count as one of the categories.
    "one-hot work 2": transformed(OneHotEncoder(max_categories=3), "work"),
    "ordinal work": transformed(OrdinalEncoder(), "work"),
    "ordinal level": transformed(OrdinalEncoder(categories=[["low", "mid", "high"]]), "level"),
    "hash work": np.asarray(hasher.transform([[w] for w in test["work"]]).todense()).tolist(),
}
text = json.dumps({"made by": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}, pandas {pd.__version__}", "values": values})
(folder / "scikit-learn.json").write_text(text.replace('"], "', '"],\n"').replace(']], "', ']],\n"') + "\n", encoding="utf-8")
