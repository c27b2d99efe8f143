# The service in a container that keeps nothing: run it read-only, with memory for temporary files only.
#   docker build -t annual-report .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges -p 127.0.0.1:8765:8765 annual-report
# Behind a name of its own it needs -e ANNUAL_REPORT_HOSTS=that.name; other commands replace the last line:
#   docker run --read-only --tmpfs /tmp -v "$PWD:/data" annual-report annual-report check /data/report.docx

FROM python:3.12-slim AS wheels
WORKDIR /source
COPY . .
# Wheels that `make wheelhouse` left in wheelhouse/ are taken instead of new ones.
RUN if [ -d wheelhouse ]; then cp -r wheelhouse /wheels; else \
      pip wheel --no-cache-dir --wheel-dir /wheels '.[all]'; fi

# The stand-in for 仿宋 is one typeface of a large package, so only its file is taken over.
FROM python:3.12-slim AS typefaces
WORKDIR /tmp
RUN apt-get update && apt-get download texlive-lang-chinese && dpkg-deb --extract texlive-lang-chinese_*.deb . \
  && mkdir /typefaces && find . -name 'FandolFang-*.otf' -exec cp {} /typefaces \; && ls /typefaces/*.otf

FROM python:3.12-slim
# LibreOffice makes PDFs and reads older formats; the typefaces cover GB 2312 and stand in for those of offices.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
     libreoffice-writer-nogui libreoffice-calc-nogui fontconfig \
     fonts-noto-cjk fonts-arphic-gkai00mp fonts-liberation \
  && rm -rf /var/lib/apt/lists/*
COPY --from=typefaces /typefaces /usr/share/fonts/opentype/fandol
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
  pip install --no-cache-dir --no-index --find-links /wheels 'zfxxgk-annual-report[all]'
RUN useradd --system --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin annual-report
USER 10001
ENV HOME=/tmp PYTHONDONTWRITEBYTECODE=1 ANNUAL_REPORT_LANG=zh
WORKDIR /tmp
EXPOSE 8765
HEALTHCHECK CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8765/', timeout=5)"]
CMD ["uvicorn", "annual_report.web:app", "--host", "0.0.0.0", "--port", "8765", "--no-server-header", "--no-access-log"]
