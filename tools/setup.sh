# Shared by ./ipsim and ./check: `. tools/setup.sh` with $root set, then `ensure_venv LOCKFILE`.
#
# The environment lives in $root/.venv. Three small files in it tell its state:
#   .unfinished         being made, or left behind by an interrupted set-up: thrown away and made again
#   .made-for           the folder it was made for; it can't be moved, so elsewhere it is made again
#   .complete-LOCKFILE  fingerprint of what was installed; when it differs the installation is renewed
# A .venv without them was made by hand: it is installed into, never deleted.

# Bytecode that is not kept makes every start two to four times slower.
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH
venv=$root/.venv
busy=$root/.venv.busy

fail() {
    echo "ipsim: $*" >&2
    exit 1
}

fingerprint() {
    { echo "$root" && cat "$root/pyproject.toml" "$root/$1" "$root/tools/setup.sh"; } | cksum
}

is_complete() {
    [ -f "$venv/.complete-$1" ] && [ -x "$venv/bin/ipsim" ] && [ -x "$venv/bin/python" ] &&
        [ "$(cat "$venv/.complete-$1")" = "$(fingerprint "$1")" ]
}

# Importing ensurepip is no proof: Debian ships it without its wheels.
can_make_venv() {
    "$1" -c 'import sys, ensurepip, venv
sys.exit(sys.version_info < (3, 11) or not ensurepip.version())' >/dev/null 2>&1
}

find_python() {
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if can_make_venv "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

# One set-up at a time; a lock whose owner has died is taken over.
take_turn() {
    until mkdir "$busy" 2>/dev/null; do
        [ -w "$root" ] || fail "can't write to $root, where the environment .venv is made"
        sleep 1
        kill -0 "$(cat "$busy/pid" 2>/dev/null || echo gone)" 2>/dev/null || rm -rf "$busy"
    done
    echo $$ >"$busy/pid"
}

make_venv() {
    mkdir -p "$venv" && : >"$venv/.unfinished" || return
    if [ "$installer" = pip ]; then
        "$python" -m venv "$venv" || return
    else
        uv venv --quiet --allow-existing --python '>=3.11' "$venv" || return
    fi
    echo "$root" >"$venv/.made-for"
}

install_into_venv() {
    if [ "$installer" = pip ]; then
        set -- "$1" "$venv/bin/python" -m pip install --quiet --disable-pip-version-check
    else
        set -- "$1" uv pip install --quiet --python "$venv/bin/python"
    fi
    requirements=$1
    shift
    "$@" --require-hashes -r "$root/$requirements" &&
        "$@" --no-deps --no-build-isolation --editable "$root"
}

# The last complaint of the installer, and where all of it can be read.
reason() {
    kept=$(mktemp "${TMPDIR:-/tmp}/ipsim-setup-XXXXXX") && cp "$log" "$kept"
    complaint=$(grep -E '^ *[A-Za-z]*(ERROR|Error|error):' "$log" | tail -n 1)
    echo "${complaint:-$(tail -n 1 "$log")} (log: $kept)"
}

choose_installer() {
    python=$(find_python)
    if [ -n "$python" ]; then
        installer=pip
    elif command -v uv >/dev/null 2>&1; then
        installer=uv
        export UV_PYTHON_DOWNLOADS=never
    else
        fail "needs Python 3.11 or newer with venv and pip (on Debian: apt install python3 python3-venv), or uv"
    fi
}

clean_up() {
    [ ! -f "$venv/.unfinished" ] || rm -rf "$venv"
    rm -rf "$busy"
}

set_up() (
    take_turn
    log=$busy/log
    trap clean_up EXIT
    trap 'exit 130' INT TERM HUP
    is_complete "$1" && exit 0 # somebody else has done it while we waited
    choose_installer
    echo "ipsim: setting up in $venv, once; this takes a minute or two" >&2
    if [ -f "$venv/.unfinished" ] || ! "$venv/bin/python" -c '' 2>/dev/null ||
        { [ -f "$venv/.made-for" ] && [ "$(cat "$venv/.made-for")" != "$root" ]; }; then
        rm -rf "$venv"
        make_venv >"$log" 2>&1 || fail "can't make $venv: $(tail -n 1 "$log")"
    elif ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        installer=uv
    fi
    rm -f "$venv"/.complete-*
    install_into_venv "$1" >"$log" 2>&1 || fail "set-up failed: $(reason)"
    # What the checks need contains what a run needs.
    [ "$1" = requirements.lock ] || fingerprint requirements.lock >"$venv/.complete-requirements.lock"
    fingerprint "$1" >"$venv/.complete-$1"
    rm -f "$venv/.unfinished"
)

ensure_venv() {
    is_complete "$1" || set_up "$1" || exit $?
}
