#!/bin/sh
# Prints the path of a Python that can make our environment (3.11 or newer, with venv), or says what to install.
check='import sys, venv, ensurepip; assert sys.version_info >= (3, 11); print(sys.executable)'
for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3 python python3.14; do
    if found=$("$name" -c "$check" 2>/dev/null); then
        echo "$found"
        exit 0
    fi
done
old=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo "no Python 3")
cat >&2 <<SENTENCE
Python 3.11 or newer with its venv module is needed, and was not found here (found: $old).
Install it (Debian and Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.12),
or name one you have: make PYTHON=/path/to/python3.12 run
SENTENCE
exit 1
