"""The use cases, one verb each: receive, judge, send, inspect, retry, flag. Decide, then act."""
