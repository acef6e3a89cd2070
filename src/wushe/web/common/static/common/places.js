// Turns the search-and-choose field of a place into a combobox. Without this file the field works by its button.
(() => {
  const WAIT = 150;

  function enhance(root) {
    const { name, url, levels, within, code, none } = root.dataset;
    const input = root.querySelector("input[type=text]");
    const list = document.createElement("ul");
    const chosen = Object.assign(document.createElement("input"), { type: "hidden", name, value: code });
    let places = [];
    let active = -1;
    let timer;
    let request;

    root.querySelector("[data-place-search]").hidden = true;
    // when several were found without a choice, the list stays until the first key
    const fallback = root.querySelector("[data-place-list]");
    if (fallback && code) fallback.remove();
    if (!fallback || code) root.append(chosen);

    list.id = `${input.id}_list`;
    list.className = "dropdown-menu";
    list.setAttribute("role", "listbox");
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() {
      clearTimeout(timer);
      request?.abort();
      list.classList.remove("show");
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      active = -1;
    }

    function pick(place) {
      input.value = place.full_name;
      chosen.value = place.code;
      close();
      root.dispatchEvent(new CustomEvent("place:chosen", { bubbles: true, detail: place }));
    }

    function mark(index) {
      active = (index + places.length) % places.length;
      [...list.children].forEach((option, i) => {
        option.setAttribute("aria-selected", String(i === active));
        option.classList.toggle("active", i === active);
      });
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }

    function show(found) {
      places = found;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...(found.length ? found.map((place, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}_${i}`;
        option.className = "dropdown-item";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = place.full_name;
        option.addEventListener("mousedown", (event) => { event.preventDefault(); pick(place); });
        return option;
      }) : [Object.assign(document.createElement("li"), { className: "dropdown-item disabled", role: "option", textContent: none, ariaDisabled: "true" })]));
      list.classList.add("show");
      input.setAttribute("aria-expanded", "true");
    }

    async function search() {
      request?.abort();
      const text = input.value.trim();
      if (!text) { close(); return; }
      request = new AbortController();
      const query = new URLSearchParams({ q: text });
      if (within) query.set("within", within);
      levels.split(" ").filter(Boolean).forEach((level) => query.append("level", level));
      try {
        const answer = await fetch(`${url}?${query}`, { headers: { Accept: "application/json" }, signal: request.signal });
        if (answer.ok) show((await answer.json()).places);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }

    input.addEventListener("input", (event) => {
      if (fallback?.isConnected) { fallback.remove(); root.append(chosen); }
      chosen.value = "";
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(search, WAIT);
    });
    input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(search, WAIT); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const open = list.classList.contains("show");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) search();
        else if (places.length) mark(active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1));
      } else if (event.key === "Enter" && open) {
        event.preventDefault();
        if (active >= 0) pick(places[active]);
        else if (places.length === 1) pick(places[0]);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        close();
      }
    });
  }

  const start = (scope) => scope.querySelectorAll("[data-place]:not([data-place-ready])").forEach((root) => {
    root.setAttribute("data-place-ready", "");
    enhance(root);
  });
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target.parentNode ?? document));
})();
