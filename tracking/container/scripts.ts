import type { ParameterSource, PlatformEvent } from '../plan/schema.ts';

/**
 * Texts of custom HTML tags, in ES5: what Tag Manager takes and every browser runs. `{{Name}}` is put in by
 * Tag Manager as an expression.
 */
export const EVENT_ID = '{{DLV - event_id}}';
const ECOMMERCE = '{{DLV - ecommerce}}';

const CONSENT_TYPES = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'personalization_storage',
] as const;

/** Milliseconds that Google's tags wait for the choice of a visitor who chose before. */
const WAIT_FOR_UPDATE_MS = 500;

/** How long Meta keeps a click in its own cookie. */
const CLICK_ID_COOKIE_DAYS = 90;

/** What counts until the consent banner says what the visitor chose. */
export function consentDefault(state: 'denied' | 'granted'): string {
  const asked = CONSENT_TYPES.map((type) => `${type}:'${state}'`).join(',');
  return script(`window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments);}
gtag('consent','default',{${asked},functionality_storage:'granted',security_storage:'granted',wait_for_update:${WAIT_FOR_UPDATE_MS}});
gtag('set','ads_data_redaction',true);`);
}

/** The pixel of Meta: its loader, the pixel's id, and the page. */
export function metaBase(pixelId: string): string {
  return script(`!function(w,d,s){if(w.fbq)return;var q=w.fbq=function(){if(q.callMethod){q.callMethod.apply(q,arguments);}else{q.queue.push(arguments);}};
if(!w._fbq)w._fbq=q;q.push=q;q.loaded=true;q.version='2.0';q.queue=[];
var t=d.createElement('script');t.async=true;t.src=s;var f=d.getElementsByTagName('script')[0];f.parentNode.insertBefore(t,f);
}(window,document,'https://connect.facebook.net/en_US/fbevents.js');
fbq('init',${pixelId});
fbq('track','PageView',{},{eventID:${EVENT_ID}});`);
}

/** Names that Meta knows; others are sent as custom events. */
const META_STANDARD = new Set(
  (
    'AddPaymentInfo AddToCart AddToWishlist CompleteRegistration Contact CustomizeProduct Donate FindLocation ' +
    'InitiateCheckout Lead PageView Purchase Schedule Search StartTrial SubmitApplication Subscribe ViewContent'
  ).split(' '),
);

export function metaEvent(planned: PlatformEvent): string {
  const verb = META_STANDARD.has(planned.event) ? 'track' : 'trackCustom';
  const contents =
    '{id:String(i.item_id),quantity:i.quantity===undefined?1:i.quantity,item_price:i.price}';
  const parameters = objectText(planned, contents);
  return eventScript(
    `fbq('${verb}','${planned.event}',${parameters},{eventID:${EVENT_ID}});`,
    parameters,
  );
}

/** The pixel of TikTok: a queue of the methods that its script takes over, the script, and the page. */
export function tiktokBase(pixelCode: string): string {
  return script(`!function(w,d,n){w.TiktokAnalyticsObject=n;var q=w[n]=w[n]||[];if(q.load)return;
q.methods=['page','track','identify','instances','debug','on','off','once','ready','alias','group','enableCookie','disableCookie','holdConsent','revokeConsent','grantConsent'];
q.setAndDefer=function(o,m){o[m]=function(){o.push([m].concat(Array.prototype.slice.call(arguments,0)));};};
for(var i=0;i<q.methods.length;i+=1){q.setAndDefer(q,q.methods[i]);}
q.instance=function(c){var o=q._i[c]||[];for(var k=0;k<q.methods.length;k+=1){q.setAndDefer(o,q.methods[k]);}return o;};
q.load=function(c,o){var u='https://analytics.tiktok.com/i18n/pixel/events.js';q._i=q._i||{};q._i[c]=[];q._i[c]._u=u;q._t=q._t||{};q._t[c]=+new Date();q._o=q._o||{};q._o[c]=o||{};
var t=d.createElement('script');t.async=true;t.src=u+'?sdkid='+c+'&lib='+n;var f=d.getElementsByTagName('script')[0];f.parentNode.insertBefore(t,f);};
}(window,document,'ttq');
ttq.load(${pixelCode});
ttq.page();`);
}

export function tiktokEvent(planned: PlatformEvent): string {
  const contents =
    '{content_id:String(i.item_id),content_name:i.item_name,content_category:i.item_category,price:i.price,quantity:i.quantity===undefined?1:i.quantity}';
  const parameters = objectText(planned, contents);
  return eventScript(
    `ttq.track('${planned.event}',${parameters},{event_id:${EVENT_ID}});`,
    parameters,
  );
}

/** Keeps the click ids of the address in first-party cookies, for the shop to store with the order. */
export function captureClickIds(): string {
  return script(`(function(){var names=['gclid','gbraid','wbraid','fbclid','ttclid'];
function given(name){var m=new RegExp('[?&]'+name+'=([^&#]+)').exec(window.location.search);return m&&/^[A-Za-z0-9._~%-]{1,500}$/.test(m[1])?m[1]:'';}
function cookie(name){var m=new RegExp('(?:^|; )'+name+'=([^;]*)').exec(document.cookie);return m?m[1]:'';}
function broadest(){var p=window.location.hostname.split('.'),i,d;for(i=p.length-2;i>=0;i-=1){d=';domain=.'+p.slice(i).join('.');document.cookie='cortex_probe=1;path=/'+d;if(cookie('cortex_probe')==='1'){document.cookie='cortex_probe=;path=/;max-age=0'+d;return d;}}return '';}
var domain;
function keep(name,value){if(domain===undefined)domain=broadest();document.cookie=name+'='+value+';path=/;max-age=${CLICK_ID_COOKIE_DAYS * 86_400};SameSite=Lax'+(window.location.protocol==='https:'?';Secure':'')+domain;}
for(var n=0;n<names.length;n+=1){var id=given(names[n]);if(id)keep('cortex_'+names[n],id);}
var click=given('fbclid');if(click&&cookie('_fbc').split('.')[3]!==click)keep('_fbc','fb.1.'+new Date().getTime()+'.'+click);
})();`);
}

/** `{content_type:'product',value:ec.value}` of a platform's parameters. */
function objectText({ parameters }: PlatformEvent, contents: string): string {
  const entries = Object.entries(parameters).map(
    ([name, source]) => `${name}:${expression(source, contents)}`,
  );
  return `{${entries.join(',')}}`;
}

function expression(source: ParameterSource, contents: string): string {
  if (typeof source !== 'string') return `'${source.constant}'`;
  switch (source) {
    case 'items.ids':
      return 'items.map(function(i){return String(i.item_id);})';
    case 'items.contents':
      return `items.map(function(i){return ${contents};})`;
    case 'items.quantity':
      return "items.reduce(function(n,i){return n+(typeof i.quantity==='number'?i.quantity:1);},0)";
    default:
      return layerExpression(source);
  }
}

function layerExpression(source: string): string {
  const [place = '', key = ''] = source.split('.');
  return place === 'event' ? `{{${layerVariable(key)}}}` : `ec.${key}`;
}

/** Name of the variable that reads a key beside `event`. */
export function layerVariable(key: string): string {
  return `DLV - ${key}`;
}

/** Reads the data layer only where the parameters need it. */
function eventScript(call: string, parameters: string): string {
  const reads = /\b(ec\.|items\.)/.test(parameters)
    ? `var ec=${ECOMMERCE}||{};var items=ec.items||[];\n`
    : '';
  return script(`(function(){${reads}${call}})();`);
}

function script(text: string): string {
  return `<script>\n${text}\n</script>`;
}
