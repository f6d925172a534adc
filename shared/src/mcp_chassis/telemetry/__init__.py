"""What an operator sees of a running server: spans, metrics, and the states of what it stands on.

trace.py       the trace context of the request at work, and what a caller sends of it
operations.py  one operation per request: its duration for the metrics, its span for the traces
catalogue.py   the names of all metrics and attributes
metrics.py     the metrics of a process, read where they are counted when somebody asks
otlp.py        what the variables of OpenTelemetry ask for
exporter.py    the thread that sends spans and metrics, so that no call waits for it
spans.py       spans and metrics as the OpenTelemetry SDK has them
port.py        METRICS_PORT: /metrics, and /ready and /health with the component list
assembly.py    all of it, from the settings and the environment
"""
