# Two stages: the pages are built with Node, the server runs without it.
FROM node:22-bookworm-slim AS pages
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
COPY fixtures/protocol/ /build/fixtures/protocol/
RUN npm run build

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    TRACKONE_MODE=production TRACKONE_DATA=/data TRACKONE_PULSE=/tmp
WORKDIR /app
COPY requirements/base.lock requirements/base.lock
RUN pip install --require-hashes -r requirements/base.lock
COPY manage.py ./
COPY negotiation/ negotiation/
COPY adjudication/ adjudication/
COPY wargame/ wargame/
COPY fixtures/ fixtures/
COPY --from=pages /build/frontend/dist frontend/dist
RUN python -m compileall -q negotiation adjudication wargame \
    && python -m whitenoise.compress -q frontend/dist \
    && useradd --system --uid 10001 trackone && install -d -o trackone /data
USER trackone
EXPOSE 8000
