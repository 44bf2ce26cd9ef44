/** Draws a curve, its bound above it, and where this plan stands. */
function chart(curve) {
  const [width, height, left, bottom, top] = [760, 360, 90, 50, 44];
  const isFloor = curve.over === "floor";
  const points = curve.points.filter((point) => point.value !== null && point.value !== undefined)
    .map((point) => ({ at: isFloor ? point.worst / 100 : point.limit, value: point.value, bound: point.bound ?? point.value,
      floor: isFloor && point.floor !== null ? point.floor / 100 : null }));
  if (points.length === 0) return null;
  const first = Math.min(...points.map((point) => point.at));
  const end = Math.max(...points.map((point) => point.at));
  const last = end > first ? end : first + 1;
  const most = Math.max(...points.map((point) => point.bound), 1);
  // A curve that falls a little would be flat over a field from zero.
  const lowest = Math.min(...points.map((point) => point.value));
  const least = isFloor ? Math.max(0, Math.floor(lowest - (most - lowest) / 3 - 1)) : 0;
  const x = (at) => left + ((at - first) / (last - first)) * (width - left - 24);
  const y = (value) => height - bottom - ((value - least) / (most - least)) * (height - bottom - top);
  const line = (of) => points.map((point, at) => `${at ? "L" : "M"}${x(point.at).toFixed(1)},${y(of(point)).toFixed(1)}`).join("");
  // In steps: the bound of a limit holds for all below it, that of a floor for all above it.
  const within = (share) => Math.min(Math.max(share, first), last);
  const bound = points.map((point, at) => {
    const [across, up] = [(to) => `H${x(to).toFixed(1)}`, `V${y(point.bound).toFixed(1)}`];
    if (at === 0) return `M${x(point.at).toFixed(1)},${y(point.bound).toFixed(1)}`;
    return isFloor ? across(within(point.floor ?? first)) + up : up + across(point.at);
  }).join("") + (isFloor ? `H${x(last).toFixed(1)}` : "");
  const steps = (from, to) => {
    const rough = (to - from) / 5, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((times) => times * power).find((step) => step >= rough) ?? rough;
    const list = [];
    for (let at = Math.ceil(from / step) * step; at <= to + step / 1e6; at += step) list.push(at);
    return list;
  };
  const over = { sites: words.overSites, euros: words.overEuros, floor: words.overFloor }[curve.over] ?? "";
  const at = curve.over === "sites" ? answer.sites_new : curve.over === "euros" ? answer.cost : null;
  const inside = at !== null && at >= first && at <= last;
  const value = answer.objective.unit === curve.unit ? answer.objective.value : answer.newly_reached;
  const label = `${isFloor ? words.equity : words.frontier}. ${isFloor ? words.equityText : words.frontierText}`;
  return drawn("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    steps(least, most).map((step) => [
      drawn("line", { x1: left, x2: width - 24, y1: y(step), y2: y(step), stroke: "#ddd" }),
      drawn("text", { x: left - 8, y: y(step) + 4, "text-anchor": "end" }, decimal(step))]),
    steps(first, last).map((step) => drawn("text", { x: x(step), y: height - bottom + 20, "text-anchor": "middle" }, decimal(step))),
    drawn("line", { x1: left, x2: width - 24, y1: y(least), y2: y(least), stroke: "#333" }),
    drawn("text", { x: (width + left) / 2, y: height - 8, "text-anchor": "middle" }, over),
    drawn("path", { d: bound, fill: "none", stroke: COLOURS.bound, "stroke-width": 8, "stroke-linecap": "round", "stroke-linejoin": "round" }),
    drawn("path", { d: line((point) => point.value), fill: "none", stroke: COLOURS.blue, "stroke-width": 2.5 }),
    points.map((point) => drawn("circle", { cx: x(point.at), cy: y(point.value), r: 3, fill: COLOURS.blue },
      drawn("title", {}, `${decimal(point.at)} ${over}: ${whole(point.value)} (${words.bound}: ${whole(point.bound)})`))),
    inside ? [drawn("circle", { cx: x(at), cy: y(value), r: 7, fill: "#000", stroke: "#fff", "stroke-width": 2 }),
      drawn("text", { x: x(at) + (at > (first + last) / 2 ? -12 : 12), y: y(value) + 22, "text-anchor": at > (first + last) / 2 ? "end" : "start" }, words.chosen)] : [],
    [[COLOURS.blue, words.found, 2.5], [COLOURS.bound, words.bound, 8]].map(([colour, text, broad], place) => [
      drawn("line", { x1: left + 170 * place, x2: left + 30 + 170 * place, y1: 14, y2: 14, stroke: colour, "stroke-width": broad }),
      drawn("text", { x: left + 38 + 170 * place, y: 18 }, text)]));
}
