"""pandas and scikit-learn beside NetGen.Tables: for each line on the standard input one run, and its time and a check on the output."""
import sys
import time

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

names = ["age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex",
         "capital-gain", "capital-loss", "hours-per-week", "native-country", "income"]
amounts = ["capital-gain", "capital-loss"]
numbers = ["age", "fnlwgt", "education-num", "hours-per-week"]
categories = ["workclass", "education", "marital-status", "occupation", "relationship", "race", "sex", "native-country"]


def run(path):
    rows = pd.read_csv(path, names=names, skipinitialspace=True, na_values="?", engine="c")
    train, test = train_test_split(rows, test_size=0.2, random_state=1, stratify=rows["income"])
    encoder = ColumnTransformer([
        ("numbers", StandardScaler(), numbers),
        ("amounts", make_pipeline(FunctionTransformer(np.log1p), StandardScaler()), amounts),
        ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=np.float32), categories),
    ])
    x = encoder.fit_transform(train).astype(np.float32), encoder.transform(test).astype(np.float32)
    y = (train["income"] == ">50K").to_numpy(np.float32), (test["income"] == ">50K").to_numpy(np.float32)
    return x, y


print(f"pandas {pd.__version__} and scikit-learn {sklearn.__version__}", flush=True)
for line in sys.stdin:
    begin, processor = time.perf_counter(), time.process_time()
    (train, test), (train_y, test_y) = run(line.strip())
    seconds, processor = time.perf_counter() - begin, time.process_time() - processor
    print(seconds, processor, train.shape[0] + test.shape[0], train.shape[1], int(train_y.sum() + test_y.sum()), flush=True)
