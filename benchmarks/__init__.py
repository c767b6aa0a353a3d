# SPDX-License-Identifier: Apache-2.0
"""Measurements: `make bench` runs every `bench_*.py` here and writes `results.json`, a flat object name → number."""
