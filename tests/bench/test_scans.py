"""The bench of scans runs as the service's reading process does."""

from bench.scans import environment, is_as_in_service

from parsers.process import ENVIRONMENT


def test_it_takes_the_threads_and_the_memory_of_the_reading_process() -> None:
    given = environment()
    assert {name: given[name] for name in ENVIRONMENT} == dict(ENVIRONMENT)
    assert is_as_in_service(given)
    for name in ENVIRONMENT:
        assert not is_as_in_service({**given, name: "other"})
        assert not is_as_in_service({key: value for key, value in given.items() if key != name})
