import argparse
import csv
import math
import os

import numpy as np
