# The steps of `make run`, split in two: what an image can hold, and what needs the database.

FROM python:3.11-slim AS build
WORKDIR /waymark
RUN python -m venv .venv
COPY requirements/base.txt requirements/base.txt
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    --requirement requirements/base.txt
COPY . .
# WAYMARK_LOCAL makes a secret key for this step, and the step leaves nothing of it behind.
RUN WAYMARK_LOCAL=1 WAYMARK_DATA_DIR=/tmp/build .venv/bin/python manage.py messages --compile \
    && .venv/bin/python -m compileall -q accounts assessments config content roadmap \
    && rm -rf /tmp/build

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home waymark && install -d -o waymark -g waymark /data
WORKDIR /waymark
COPY --from=build /waymark /waymark
ENV PATH=/waymark/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WAYMARK_BIND=0.0.0.0:8000 \
    WAYMARK_DATA_DIR=/data
USER waymark
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=4s --start-period=60s --retries=3 CMD ["python", "config/healthcheck.py"]
# `exec`, so that gunicorn gets the signals and ends what it is doing.
CMD ["sh", "-c", "python manage.py prepare && exec python -m gunicorn --config config/gunicorn.py"]
