# The browser for the tests of the board: after `ensure_venv`, `. tools/chromium.sh`, then `ensure_chromium`.
#
# A browser that is there is used, in this order: $IPSIM_CHROMIUM, one on the path, Playwright's own. Else one is
# installed: with apt-get where that is allowed, or else into Playwright's folder. Whatever happens the checks go on:
# without a browser its tests fail, and say what to install.

# A file is no proof: Ubuntu's chromium-browser is a stub that asks for a snap.
is_browser() {
    [ -n "$1" ] && "$1" --version >/dev/null 2>&1
}

playwrights_own() {
    "$venv/bin/python" -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)' 2>/dev/null
}

find_chromium() {
    if [ -n "${IPSIM_CHROMIUM:-}" ]; then
        is_browser "$IPSIM_CHROMIUM" && echo "$IPSIM_CHROMIUM"
        return
    fi
    for candidate in chromium chromium-browser google-chrome; do
        candidate=$(command -v "$candidate") && is_browser "$candidate" && echo "$candidate" && return
    done
    candidate=$(playwrights_own) && is_browser "$candidate" && echo "$candidate"
}

# Prints the word before a command that needs root: nothing for root itself.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        echo env
    else
        sudo -n true 2>/dev/null && echo 'sudo -n'
    fi
}

install_from_debian() {
    command -v apt-get >/dev/null 2>&1 && root_word=$(as_root) && [ -n "$root_word" ] || return
    set -- $root_word env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120
    "$@" update && "$@" install -y --no-install-recommends chromium
}

install_chromium() (
    take_turn
    log=$busy/log
    trap 'rm -rf "$busy"' EXIT
    trap 'exit 130' INT TERM HUP
    [ -z "$(find_chromium)" ] || exit 0 # somebody else has done it while we waited
    echo "ipsim: installing Chromium, once, for the tests of the board" >&2
    install_from_debian >"$log" 2>&1
    [ -z "$(find_chromium)" ] || exit 0
    "$venv/bin/python" -m playwright install chromium >>"$log" 2>&1
    [ -z "$(find_chromium)" ] || exit 0
    echo "ipsim: could not install it: $(reason)" >&2
)

ensure_chromium() {
    found=$(find_chromium)
    if [ -z "$found" ] && [ -z "${IPSIM_CHROMIUM:-}" ]; then
        install_chromium
        found=$(find_chromium)
    fi
    if [ -n "$found" ]; then
        IPSIM_CHROMIUM=$found
        export IPSIM_CHROMIUM
    else
        echo "ipsim: no browser for the tests of the board: install Chromium (on Debian: apt install chromium;" \
            "elsewhere: $venv/bin/python -m playwright install chromium), or name one in IPSIM_CHROMIUM" >&2
    fi
}
