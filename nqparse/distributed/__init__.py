"""Parsing beyond one machine: the batch of `nqparse archive add` on a cluster of dask.

    >>> from distributed import Client
    >>> from nqparse import distributed
    >>> report = distributed.parse_files(["resolutions/"], Client("tcp://scheduler:8786"), "parts/")
    >>> distributed.merge("parts/", "archive/")

Workers and the process that calls this see the files and the folder of the parts under the same paths: a file system
that all machines share. Of a worker nothing is expected but that it has nqparse installed in the same version.
"""

from nqparse.distributed.cluster import connected
from nqparse.distributed.run import Outcome, add, merge, parse_files

__all__ = ["Outcome", "add", "connected", "merge", "parse_files"]
