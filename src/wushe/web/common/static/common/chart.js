// Draws the charts of a page from their data blocks, in the colours of the page; the table below stays.
(function () {
  "use strict";
  if (!window.echarts) { return; }
  var css = getComputedStyle(document.body);
  function colour(name) { return css.getPropertyValue("--ws-" + name).trim(); }
  var hues = ["link", "accent", "social_worker", "organisation", "volunteer"].map(colour);
  function option(spec) {
    var text = { color: colour("ink-2") };
    return {
      color: hues, animation: false, textStyle: { fontFamily: css.fontFamily },
      grid: { left: 8, right: 24, top: spec.series.length > 1 ? 36 : 16, bottom: 8, containLabel: true },
      legend: spec.series.length > 1 ? { top: 0, left: 0, textStyle: text } : undefined,
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: spec.labels, axisLabel: text, axisLine: { lineStyle: { color: colour("line") } }, axisTick: { show: false } },
      yAxis: { type: "value", axisLabel: text, splitLine: { lineStyle: { color: colour("line") } } },
      series: spec.series.map(function (one, index) {
        return {
          name: one.name, data: one.values, type: spec.kind === "line" ? "line" : "bar", stack: spec.kind === "stacked" ? "all" : undefined, barMaxWidth: 36,
          label: { show: spec.series.length === 1, position: "top", color: colour("ink") },
          markLine: index === 0 && spec.target !== null ? { symbol: "none", data: [{ yAxis: spec.target }], lineStyle: { color: colour("bad") }, label: { color: colour("bad") } } : undefined
        };
      })
    };
  }
  document.querySelectorAll("[data-chart]").forEach(function (place) {
    place.classList.add("drawn");
    var chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(option(JSON.parse(document.getElementById(place.dataset.chart).textContent)));
    window.addEventListener("resize", function () { chart.resize(); });
    place.closest("figure").querySelector("details").open = false;
  });
})();
