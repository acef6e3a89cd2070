// Small comforts; everything works without them.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    var search = document.getElementById("search");
    if (search && ((event.key === "/" && !typing) || (event.key === "k" && (event.metaKey || event.ctrlKey)))) {
      event.preventDefault();
      search.focus();
    }
  });
  // size of type and theme change in place: going to another page would lose what is typed
  var looks = { size: "size", theme: "bsTheme" };
  function changeLook(event) {
    var form = event.target, button = event.submitter, name = button && looks[button.name];
    if (!name) { return false; }
    event.preventDefault();
    document.documentElement.dataset[name] = button.value;
    form.querySelector('[name="' + button.name + '"]:not([value="' + button.value + '"])').focus();
    document.dispatchEvent(new Event("ws:look"));
    var chosen = new FormData(form);
    chosen.append(button.name, button.value);
    window.fetch(form.action, { method: "post", body: chosen, redirect: "manual" }).catch(function () { /* it lasts as long as this page */ });
    return true;
  }
  document.addEventListener("submit", function (event) {
    // one press is one act
    var form = event.target;
    if (form.method !== "post" || ("look" in form.dataset && changeLook(event))) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
  // menus close when one looks elsewhere
  function closeMenus(but) {
    document.querySelectorAll("details.ws-menu[open]").forEach(function (menu) { if (!menu.contains(but)) { menu.open = false; } });
  }
  document.addEventListener("click", function (event) { closeMenus(event.target); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var open = document.querySelector("details.ws-menu[open]");
    closeMenus(null);
    if (open) { open.querySelector("summary").focus(); }
  });
  // every arrow key changes a closed list, every digit a day: what the keyboard chose counts when it is confirmed or left
  function sendWhenChosen(choice) {
    var key = "", waits = false;
    function send() { waits = false; choice.form.requestSubmit(); }
    choice.addEventListener("pointerdown", function () { key = ""; });
    choice.addEventListener("keydown", function (event) {
      key = event.key;
      if (waits && key === "Enter") { event.preventDefault(); send(); }
    });
    choice.addEventListener("change", function () { if (key === "" || key === "Enter" || key === " ") { send(); } else { waits = true; } });
    choice.addEventListener("blur", function () { if (waits) { send(); } });
  }
  // lists answer a filter, a sort or a turned page in place; the same forms and links load the whole page without htmx
  function answerInPlace(root) {
    if (!window.htmx) { return; }
    root.querySelectorAll("form.ws-filters:not([action]), .ws-filters + .chips a, .ws-table [aria-sort] a, .ws-pages a").forEach(function (part) {
      var how = { "hx-boost": "true", "hx-target": "#main", "hx-select": "#main", "hx-swap": "outerHTML show:none" };
      Object.keys(how).forEach(function (name) { part.setAttribute(name, how[name]); });
      window.htmx.process(part);
    });
    root.querySelectorAll("form.ws-filters select, form.ws-filters input[type=date]").forEach(sendWhenChosen);
  }
  // a choice that is an act of its own needs no button
  document.querySelectorAll("select[data-choose]").forEach(function (choice) {
    choice.form.querySelector("button").hidden = true;
    sendWhenChosen(choice);
  });
  function prepare(root) {
    answerInPlace(root);
    // what scrolls sideways must scroll by the keyboard too
    root.querySelectorAll(".ws-scroll, .ws-table").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX === "auto") { box.tabIndex = 0; }
    });
    // the entry of this page stands in sight where the rail or the tabs run off the screen
    root.querySelectorAll(".ws-rail [aria-current], .ws-tabs [aria-current]").forEach(function (entry) {
      var row = entry.parentElement;
      if (row.scrollWidth > row.clientWidth) { row.scrollLeft = entry.offsetLeft - row.offsetLeft - (row.clientWidth - entry.offsetWidth) / 2; }
    });
    var summary = root.querySelector(".ws-errors");
    if (summary) { summary.focus(); }
    // a total that follows what is typed into the fields it sums
    root.querySelectorAll("output[data-sum]").forEach(function (total) {
      function add() {
        var sum = 0;
        document.querySelectorAll(total.dataset.sum).forEach(function (field) { sum += Number(field.value) || 0; });
        total.textContent = "¥" + sum.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
      }
      document.addEventListener("input", function (event) { if (event.target.matches(total.dataset.sum)) { add(); } });
    });
    root.querySelectorAll("[data-copy]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { navigator.clipboard.writeText(button.dataset.copy); });
    });
  }
  prepare(document);
  document.addEventListener("htmx:load", function (event) { if (event.detail.elt.id === "main") { prepare(event.detail.elt); } });
})();
