"""Sums of tables on one core: a build is then the same on any machine, and its threads do not wait for one another."""

from contextlib import AbstractContextManager


def one_core() -> AbstractContextManager[object]:
    """Meanwhile every BLAS of this process adds up on one core.

    On several each adds in an order of its own, so that weights differ in their last digits from machine to machine, and
    its threads spin while the classifier learns beside them.
    """
    # Each brings a BLAS of its own, which must be there to be held back.
    import sklearn.svm  # noqa: F401
    from threadpoolctl import threadpool_limits

    limited: AbstractContextManager[object] = threadpool_limits(1)
    return limited
