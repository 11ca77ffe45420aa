/** Stands in for features that are not there yet. */
export const Stage = () => <div>stage</div>
export const Timeline = () => <div>timeline</div>
export const Transport = () => <div>transport</div>
export const RulesPanel = () => <div>rules</div>
export const ConntrackPanel = () => <div>conntrack</div>
export const EditorPane = () => <div>editor</div>
