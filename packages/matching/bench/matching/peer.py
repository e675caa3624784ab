"""faiss's IndexBinaryMultiHash, 16 words of 16 bits and one flip, as HMA has it, over the hashes of a file; one thread.

usage: peer.py HASHES QUERIES, then a line for each measurement on standard input: FIRST COUNT each|together.
Each answer is a line of JSON with the processor's seconds and what was found: query, id, distance.
"""

import json
import sys
import time

import faiss
import numpy

faiss.omp_set_num_threads(1)
hashes, queries = (numpy.fromfile(path, dtype=numpy.uint8).reshape(-1, 32) for path in sys.argv[1:3])
index = faiss.IndexBinaryMultiHash(256, 16, 16)
index.nflip = 1
began = time.process_time()
index.add(hashes)
print(json.dumps({"seconds": time.process_time() - began, "version": faiss.__version__}), flush=True)

for line in sys.stdin:
    first, count, how = line.split()
    asked = queries[int(first) : int(first) + int(count)]
    step = 1 if how == "each" else len(asked)
    found = []
    began = time.process_time()
    answers = [index.range_search(asked[at : at + step], 32) for at in range(0, len(asked), step)]
    seconds = time.process_time() - began
    for turn, (limits, distances, ids) in enumerate(answers):
        for at in range(step):
            for place in range(int(limits[at]), int(limits[at + 1])):
                found.append([int(first) + turn * step + at, int(ids[place]), int(distances[place])])
    print(json.dumps({"seconds": seconds, "found": found}), flush=True)
