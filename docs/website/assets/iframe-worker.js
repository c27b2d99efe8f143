// A page opened from disk may not start a worker, so the search's worker runs in a hidden frame instead.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.onmessage = null;
      const frame = document.createElement("iframe");
      frame.hidden = true;
      this.frame = frame;
      this.loaded = new Promise((resolve) => {
        window.addEventListener("message", (event) => {
          if (event.source !== frame.contentWindow) return;
          if (event.data === "loaded") return resolve();
          const message = new MessageEvent("message", { data: event.data.message });
          this.onmessage?.(message);
          this.dispatchEvent(message);
        });
      });
      const source = new URL(url, location.href).href.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
      frame.srcdoc =
        `<script>self.postMessage = (message) => parent.postMessage({ message }, "*");</script>` +
        `<script src="${source}" onload="parent.postMessage('loaded', '*')"></script>`;
      document.documentElement.append(frame);
    }

    postMessage(data) {
      this.loaded.then(() => {
        const { contentWindow } = this.frame;
        contentWindow.dispatchEvent(new contentWindow.MessageEvent("message", { data }));
      });
    }

    terminate() {
      this.frame.remove();
    }
  };
}
