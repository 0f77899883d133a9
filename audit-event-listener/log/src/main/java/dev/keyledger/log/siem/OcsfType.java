package dev.keyledger.log.siem;

/**
 * A class of OCSF with one of its activities.
 *
 * @param classUid category times 1000 and the class in it, such as 3002; 0 is the base event
 * @param activity 99 for what the class has no activity for
 */
public record OcsfType(int classUid, int activity) {
    /** The activity of whatever the class does not name. */
    public static final int OTHER = 99;

    static final int ACCOUNT_CHANGE = 3001;
    static final int AUTHENTICATION = 3002;
    static final int ENTITY_MANAGEMENT = 3004;
    static final int USER_ACCESS = 3005;
    static final int GROUP_MANAGEMENT = 3006;
    static final int DETECTION_FINDING = 2004;
    static final int APPLICATION_LIFECYCLE = 6002;

    private static final int CLASSES = 1_000;
    private static final int ACTIVITIES = 100;

    /** Of what belongs to no class. */
    public static OcsfType base() {
        return new OcsfType(0, OTHER);
    }

    int categoryUid() {
        return classUid / CLASSES;
    }

    int typeUid() {
        return classUid * ACTIVITIES + activity;
    }
}
