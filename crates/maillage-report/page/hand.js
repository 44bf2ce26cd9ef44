/** The map under the reader's hand: moves, zooms, points, searches. */
class MapHand {
  constructor(tell) {
    this.tell = tell;
    this.layer = "after";
    this.ground = element("canvas", { "aria-hidden": "true" });
    this.top = element("canvas", { tabindex: 0, role: "img", id: "map" });
    this.box = element("div", { class: "map" }, this.ground, this.top);
    this.touches = new Map();
    this.listen();
    new ResizeObserver(() => this.fit()).observe(this.box);
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height || matchMedia("print").matches) return;
    const ratio = window.devicePixelRatio || 1;
    this.resize(width, height, ratio);
    this.showAll();
  }

  resize(width, height, ratio) {
    this.ratio = ratio;
    for (const canvas of [this.ground, this.top]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.width = width;
    this.height = height;
  }

  showAll() {
    const [across, down] = data.map.size.map((length) => Math.max(length, 1));
    const scale = Math.min((this.width - 24) / across, (this.height - 24) / down);
    this.view = { scale, whole: scale, x: (this.width - across * scale) / 2, y: (this.height - down * scale) / 2 };
    this.draw();
  }

  draw() {
    if (this.waiting || !this.view) return;
    const drawing = () => {
      this.waiting = 0;
      this.drawNow();
    };
    // The first picture leaves the words a frame to themselves.
    this.waiting = requestAnimationFrame(lines ? drawing : () => (this.waiting = requestAnimationFrame(drawing)));
  }

  drawNow() {
    prepareMap();
    drawMap(this.ground.getContext("2d"), this.view, this.ratio, this.layer);
    drawPointed(this.top.getContext("2d"), this.view, this.ratio, this.pointed);
    this.box.dataset.drawn = this.layer;
  }

  move(across, down) {
    this.view.x += across;
    this.view.y += down;
    this.draw();
  }

  zoom(times, x = this.width / 2, y = this.height / 2) {
    const { view } = this;
    const scale = Math.min(Math.max(view.scale * times, view.whole / 2), view.whole * 200);
    const real = scale / view.scale;
    Object.assign(view, { scale, x: x - (x - view.x) * real, y: y - (y - view.y) * real });
    this.draw();
  }

  point(index) {
    if (this.pointed === index) return;
    this.pointed = index;
    drawPointed(this.top.getContext("2d"), this.view, this.ratio, index);
  }

  look(x, y) {
    if (!lines) return;
    const near = (site) => Math.hypot(site.x * this.view.scale + this.view.x - x, site.y * this.view.scale + this.view.y - y);
    const sites = sitesIn(this.layer).filter((site) => near(site) < 9);
    const index = communeAt((x - this.view.x) / this.view.scale, (y - this.view.y) / this.view.scale);
    this.point(index);
    this.tell(index === undefined ? undefined : communes[index], sites.sort((one, other) => near(one) - near(other))[0]);
  }

  /** Shows a commune in the middle. */
  show(commune) {
    prepareMap();
    const { view } = this;
    const [left, top, right, bottom] = outlines[commune.index].box;
    view.scale = Math.min(view.whole * 40, Math.min(this.width / (right - left || 1), this.height / (bottom - top || 1)) / 5);
    view.scale = Math.max(view.scale, view.whole);
    view.x = this.width / 2 - ((left + right) / 2) * view.scale;
    view.y = this.height / 2 - ((top + bottom) / 2) * view.scale;
    this.point(commune.index);
    this.draw();
    this.tell(commune);
  }

  listen() {
    const { top } = this;
    const place = (event) => [event.offsetX, event.offsetY];
    top.addEventListener("wheel", (event) => {
      // The wheel alone scrolls the page, until the map is chosen by a click or a key.
      if (!event.ctrlKey && document.activeElement !== top) return;
      event.preventDefault();
      this.zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 250), ...place(event));
    }, { passive: false });
    top.addEventListener("dblclick", (event) => this.zoom(2, ...place(event)));
    top.addEventListener("pointerdown", (event) => {
      top.setPointerCapture(event.pointerId);
      this.touches.set(event.pointerId, place(event));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      top.addEventListener(end, (event) => {
        this.touches.delete(event.pointerId);
        if (end === "pointerup") this.look(...place(event));
      });
    }
    top.addEventListener("pointermove", (event) => {
      const [x, y] = place(event);
      const before = this.touches.get(event.pointerId);
      if (!before) return this.look(x, y);
      const other = [...this.touches].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]) || 1;
        this.zoom(apart([x, y]) / apart(before), (x + other[0]) / 2, (y + other[1]) / 2);
        this.move((x - before[0]) / 2, (y - before[1]) / 2);
      } else if (event.pointerType !== "touch") {
        this.move(x - before[0], y - before[1]);
      }
      this.touches.set(event.pointerId, [x, y]);
    });
    // One finger scrolls the page; two are the map's.
    for (const kind of ["touchstart", "touchmove"]) {
      top.addEventListener(kind, (event) => { if (event.touches.length > 1) event.preventDefault(); }, { passive: false });
    }
    top.addEventListener("pointerleave", () => this.point(undefined));
    const keys = {
      ArrowLeft: () => this.move(60, 0), ArrowRight: () => this.move(-60, 0), ArrowUp: () => this.move(0, 60), ArrowDown: () => this.move(0, -60),
      "+": () => this.zoom(1.5), "=": () => this.zoom(1.5), "-": () => this.zoom(1 / 1.5), 0: () => this.showAll(),
    };
    top.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      keys[event.key]();
    });
    addEventListener("beforeprint", () => {
      prepareMap();
      this.paper?.remove();
      this.paper = printedMap(this.layer);
      this.box.append(this.paper);
    });
    addEventListener("afterprint", () => this.paper?.remove());
  }
}
