package org.tidewatch.benchmark;
import java.util.*;
import org.tidewatch.item.Item;
import org.tidewatch.match.*;
import org.tidewatch.search.SearchSet;
public class Loop {
  static long now(){ return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }
  public static void main(String[] a) throws Exception {
    int n = Integer.parseInt(a[0]); var kind = Searches.Kind.valueOf(a[1]); int docs = Integer.parseInt(a[2]);
    var tongues = Pages.tongues(new Random(1));
    SearchSet set = Searches.set(kind, n, tongues, new Random(2));
    for (int i=0;i<8;i++) System.out.println("  " + set.searches().get(i).search().question().query());
    System.gc(); long m0 = Runtime.getRuntime().totalMemory()-Runtime.getRuntime().freeMemory();
    long t0=now(); Matcher m = new Matcher(set); long t1=now();
    System.gc(); long m1 = Runtime.getRuntime().totalMemory()-Runtime.getRuntime().freeMemory();
    System.out.printf("load %.1f s, %.0f MB, unreadable %d, everywhere %d%n",(t1-t0)/1e9,(m1-m0)/1e6,m.unreadable().size(), m.runOnEveryItem().size());
    m.unreadable().stream().limit(5).forEach(System.out::println);
    var pages = new Pages(tongues,new Random(3)); List<Item> items=new ArrayList<>(); for(int i=0;i<docs;i++) items.add(pages.page(i));
    var an = new Analysis(org.tidewatch.query.Fields.ofItems());
    for (int r=0;r<6;r++) { long x0=now(); for (Item i : items) an.of(i); long x1=now(); for (Item i: items) { org.tidewatch.text.Folding.tokens(i.text()); } long x2=now(); System.out.printf("analysis mean %.3f, of it folding of text %.3f%n",(x1-x0)/1e6/docs,(x2-x1)/1e6/docs); }
    var hist = new TreeMap<String,Integer>();
    for (int r=0;r<Integer.getInteger("rounds",6);r++) { if(r==1) hist.entrySet().stream().sorted((p,q)->q.getValue()-p.getValue()).limit(12).forEach(System.out::println); long[] t=new long[docs]; long matches=0, reasons=0; m.takeCosts();
      for (int i=0;i<docs;i++){ long b=now(); var x=m.match(items.get(i)); t[i]=now()-b; matches+=x.matches().size(); if (r==0) for (var y : x.matches()) hist.merge(y.search().question().query().replaceAll("[^ ()\\":*~]+","w").replaceAll("(w: )","F"),1,Integer::sum); for (var y : x.matches()) reasons+=y.reasons().size(); if(!x.failures().isEmpty()) System.out.println(x.failures());}
      Arrays.sort(t); long tried=m.takeCosts().stream().mapToLong(Cost::tried).sum();
      System.out.printf("round %d: median %.3f ms, p99 %.3f, min %.3f; %.2f matches, %.1f reasons, %.0f tried%n", r, t[docs/2]/1e6, t[docs*99/100]/1e6, t[0]/1e6, matches/(double)docs, reasons/(double)docs, tried/(double)docs); }
  }
}
