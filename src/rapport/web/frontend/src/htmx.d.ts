declare module "htmx.org/dist/htmx.esm.js" {
  interface AjaxOptions {
    source?: Element;
    target?: Element | string;
    swap?: string;
    values?: Record<string, string>;
  }
  const htmx: {
    ajax(verb: string, path: string, options: AjaxOptions): Promise<void>;
    process(root: Element): void;
    trigger(target: Element | string, event: string, detail?: object): boolean;
  };
  export default htmx;
}
