// Draws the charts of a page from their data blocks, in the colours of the page; the table below stays.
(function () {
  "use strict";
  if (!window.echarts) { return; }
  var css = getComputedStyle(document.body);
  function colour(name) { return css.getPropertyValue("--ws-" + name).trim(); }
  var hues = ["link", "accent", "social_worker", "organisation", "volunteer"];
  // the legend wraps, and the bars begin below its last line
  function above(spec, width) {
    if (spec.series.length < 2) { return spec.target === null ? 24 : 28; }
    var pen = document.createElement("canvas").getContext("2d"), used = 0, lines = 1;
    pen.font = "12px " + css.fontFamily;
    spec.series.forEach(function (one) {
      var wide = 40 + pen.measureText(one.name).width;
      if (used && used + wide > width) { lines += 1; used = 0; }
      used += wide;
    });
    return 12 + 24 * lines;
  }
  function option(spec, narrow, top) {
    var text = { color: colour("ink-2") };
    var names = { type: "category", data: spec.labels, inverse: spec.across, axisLabel: spec.across && narrow ? { color: text.color, width: 96, overflow: "break" } : text, axisLine: { lineStyle: { color: colour("line") } }, axisTick: { show: false } };
    var figures = { type: "value", max: spec.target === null ? null : function (found) { return spec.target > found.max ? Math.ceil(spec.target * 1.1) : null; }, axisLine: { show: false }, splitNumber: narrow ? 2 : 5, axisLabel: text, splitLine: { lineStyle: { color: colour("line") } } };
    var goal = {}; goal[spec.across ? "xAxis" : "yAxis"] = spec.target;
    return {
      color: (spec.hues.length ? spec.hues : hues).map(colour), animation: false, textStyle: { fontFamily: css.fontFamily },
      grid: { left: 8, right: 32, top: top, bottom: 8, containLabel: true },
      legend: spec.series.length > 1 ? { top: 0, left: 0, textStyle: text } : undefined,
      tooltip: { trigger: "axis" },
      xAxis: spec.across ? figures : names, yAxis: spec.across ? names : figures,
      series: spec.series.map(function (one, index) {
        return {
          name: one.name, data: one.values, type: spec.kind === "line" ? "line" : "bar", stack: spec.kind === "stacked" ? "all" : undefined, barMaxWidth: spec.across ? 20 : 36,
          label: { show: spec.series.length === 1, position: spec.across ? "right" : "top", color: colour("ink") },
          markLine: index === 0 && spec.target !== null ? { symbol: "none", data: [goal], lineStyle: { color: colour("bad") }, label: { color: colour("bad"), position: spec.across ? "start" : "insideEndTop", formatter: spec.goal + " {c}" } } : undefined
        };
      })
    };
  }
  function draw(root) {
    root.querySelectorAll("[data-chart]").forEach(function (place) {
      var spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
      place.classList.add("drawn");
      var narrow = place.clientWidth < 480, top = above(spec, place.clientWidth);
      if (spec.across) { place.style.height = spec.labels.length * (narrow ? 36 : 30) + Math.max(84, top + 24) + "px"; }
      var chart = window.echarts.init(place, null, { renderer: "svg" });
      chart.setOption(option(spec, narrow, top));
      window.addEventListener("resize", function () { chart.resize(); });
      document.addEventListener("ws:look", function () { chart.setOption(option(spec, narrow, top)); });
      place.closest("figure").querySelector("details").open = false;
    });
  }
  draw(document);
  document.addEventListener("htmx:load", function (event) { if (event.detail.elt.id === "main") { draw(event.detail.elt); } });
})();
