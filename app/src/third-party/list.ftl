What the command unvanish is shipped with, beside its own code, which is under Apache-2.0 (LICENSE).

Maven makes this list from the poms of what is shipped. Texts: LICENSE and the folder licenses.
Of several licences, Unvanish takes the first.

<#list dependencyMap as entry>
<#assign p = entry.getKey()>
${p.groupId}:${p.artifactId}:${p.version}
    <#list entry.getValue()?sort as license>${license}<#sep> or </#sep></#list><#if p.url??>, ${p.url}</#if>
</#list>
